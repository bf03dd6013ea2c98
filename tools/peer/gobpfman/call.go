package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	bpfman "github.com/bpfman/bpfman/clients/gobpfman/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

const (
	callLimit   = 30 * time.Second
	longestLine = 16 << 20
)

// outcome is one line of answer: a message, or the status of a call that failed.
type outcome struct {
	Answer  json.RawMessage `json:"answer,omitempty"`
	Code    string          `json:"code,omitempty"`
	Message string          `json:"message,omitempty"`
}

func call(socket string, in io.Reader, out io.Writer) error {
	connection, err := grpc.NewClient("unix://"+socket, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer connection.Close()
	client := bpfman.NewBpfmanClient(connection)
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, longestLine)
	answers := json.NewEncoder(out)
	for lines.Scan() {
		method, request, _ := strings.Cut(lines.Text(), " ")
		answer, err := carryOut(client, method, []byte(request))
		if err != nil {
			return err
		}
		if err := answers.Encode(answer); err != nil {
			return err
		}
	}
	return lines.Err()
}

// carryOut fails only when the line itself cannot be understood.
func carryOut(client bpfman.BpfmanClient, method string, request []byte) (*outcome, error) {
	switch method {
	case "Load":
		return one(client.Load, &bpfman.LoadRequest{}, request)
	case "Unload":
		return one(client.Unload, &bpfman.UnloadRequest{}, request)
	case "Attach":
		return one(client.Attach, &bpfman.AttachRequest{}, request)
	case "Detach":
		return one(client.Detach, &bpfman.DetachRequest{}, request)
	case "List":
		return one(client.List, &bpfman.ListRequest{}, request)
	case "PullBytecode":
		return one(client.PullBytecode, &bpfman.PullBytecodeRequest{}, request)
	case "Get":
		return one(client.Get, &bpfman.GetRequest{}, request)
	}
	return nil, fmt.Errorf("bpfman.v1 has no call %q", method)
}

func one[Q, R proto.Message](
	send func(context.Context, Q, ...grpc.CallOption) (R, error), message Q, request []byte,
) (*outcome, error) {
	if err := protojson.Unmarshal(request, message); err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(context.Background(), callLimit)
	defer cancel()
	response, err := send(limited, message, grpc.WaitForReady(true))
	if err != nil {
		refused := status.Convert(err)
		return &outcome{Code: refused.Code().String(), Message: refused.Message()}, nil
	}
	answer, err := protojson.Marshal(response)
	return &outcome{Answer: answer}, err
}
