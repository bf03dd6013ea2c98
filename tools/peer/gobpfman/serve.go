package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"slices"
	"strconv"
	"sync"

	bpfman "github.com/bpfman/bpfman/clients/gobpfman/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

// server holds programs and links in memory. It answers as bpfman's Go daemon: List has no links, program types are numbers of
// BpfmanProgramType, bytecode is always the daemon's own copy, errors have a status and nothing else.
type server struct {
	bpfman.UnimplementedBpfmanServer
	sync.Mutex
	told        io.Writer
	programs    map[uint32]*program
	lastProgram uint32
	lastLink    uint32
}

type program struct {
	info   *bpfman.ProgramInfo
	kernel *bpfman.KernelProgramInfo
	kind   string
}

func serve(socket string, in io.Reader, out io.Writer) error {
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	endpoint := grpc.NewServer()
	bpfman.RegisterBpfmanServer(endpoint, &server{told: out, programs: map[uint32]*program{}, lastProgram: 100})
	go func() {
		_, _ = io.Copy(io.Discard, in)
		endpoint.Stop()
	}()
	fmt.Fprintln(out, "serving")
	return endpoint.Serve(listener)
}

func (s *server) Load(_ context.Context, request *bpfman.LoadRequest) (*bpfman.LoadResponse, error) {
	s.Lock()
	defer s.Unlock()
	if request.GetBytecode().GetLocation() == nil || len(request.Info) == 0 {
		return nil, status.Error(codes.InvalidArgument, "bytecode and programs are required")
	}
	if owner := request.GetMapOwnerId(); owner != 0 && s.programs[owner] == nil {
		return nil, status.Errorf(codes.InvalidArgument, "map_owner_id %d does not exist", owner)
	}
	response := &bpfman.LoadResponse{}
	for _, wanted := range request.Info {
		loaded := s.load(request, wanted)
		echoed := proto.Clone(loaded.info).(*bpfman.ProgramInfo)
		echoed.Bytecode = request.Bytecode
		response.Programs = append(response.Programs, &bpfman.LoadResponseInfo{Info: echoed, KernelInfo: loaded.kernel})
		fmt.Fprintln(s.told, "Load", wanted.Name, loaded.kind)
	}
	return response, nil
}

func (s *server) load(request *bpfman.LoadRequest, wanted *bpfman.LoadInfo) *program {
	s.lastProgram++
	id := s.lastProgram
	kind := wanted.ProgramType.String()
	if actual := request.Metadata["bpfman.io/actual-type:"+wanted.Name]; actual != "" {
		kind = actual
	}
	copied := fmt.Sprintf("/run/bpfman/programs/%d/bytecode.o", id)
	s.programs[id] = &program{
		kind: kind,
		info: &bpfman.ProgramInfo{
			Name:       wanted.Name,
			Bytecode:   &bpfman.BytecodeLocation{Location: &bpfman.BytecodeLocation_File{File: copied}},
			GlobalData: request.GlobalData,
			MapOwnerId: request.MapOwnerId,
			MapPinPath: fmt.Sprintf("/run/bpfman/fs/maps/%d", id),
			MapUsedBy:  []string{strconv.Itoa(int(id))},
			Metadata:   request.Metadata,
		},
		kernel: &bpfman.KernelProgramInfo{
			Id: id, Name: wanted.Name, ProgramType: uint32(wanted.ProgramType), Tag: "6deef7357e7b4530",
			LoadedAt: "2026-01-01T00:00:00Z",
		},
	}
	return s.programs[id]
}

func (s *server) Unload(_ context.Context, request *bpfman.UnloadRequest) (*bpfman.UnloadResponse, error) {
	s.Lock()
	defer s.Unlock()
	if s.programs[request.Id] == nil {
		return nil, status.Errorf(codes.NotFound, "program with ID %d not found", request.Id)
	}
	fmt.Fprintln(s.told, "Unload", s.programs[request.Id].info.Name)
	delete(s.programs, request.Id)
	return &bpfman.UnloadResponse{}, nil
}

func (s *server) Attach(_ context.Context, request *bpfman.AttachRequest) (*bpfman.AttachResponse, error) {
	s.Lock()
	defer s.Unlock()
	if request.GetAttach().GetInfo() == nil {
		return nil, status.Error(codes.Unimplemented, "no attach information")
	}
	target := s.programs[request.Id]
	if target == nil {
		return nil, status.Errorf(codes.NotFound, "program with ID %d not found", request.Id)
	}
	s.lastLink++
	target.info.Links = append(target.info.Links, s.lastLink)
	fmt.Fprintln(s.told, "Attach", target.info.Name)
	return &bpfman.AttachResponse{LinkId: s.lastLink}, nil
}

func (s *server) Detach(_ context.Context, request *bpfman.DetachRequest) (*bpfman.DetachResponse, error) {
	s.Lock()
	defer s.Unlock()
	for _, holder := range s.programs {
		if at := slices.Index(holder.info.Links, request.LinkId); at >= 0 {
			holder.info.Links = slices.Delete(holder.info.Links, at, at+1)
			fmt.Fprintln(s.told, "Detach", holder.info.Name)
			return &bpfman.DetachResponse{}, nil
		}
	}
	return nil, status.Errorf(codes.NotFound, "link with ID %d not found", request.LinkId)
}

func (s *server) List(_ context.Context, request *bpfman.ListRequest) (*bpfman.ListResponse, error) {
	s.Lock()
	defer s.Unlock()
	response := &bpfman.ListResponse{}
	for _, id := range slices.Sorted(maps.Keys(s.programs)) {
		found := s.programs[id]
		if request.ProgramType != nil && *request.ProgramType != found.kernel.ProgramType || !holds(found, request.MatchMetadata) {
			continue
		}
		listed := proto.Clone(found.info).(*bpfman.ProgramInfo)
		listed.Links = nil
		response.Results = append(response.Results, &bpfman.ListResponse_ListResult{Info: listed, KernelInfo: found.kernel})
	}
	return response, nil
}

func holds(found *program, metadata map[string]string) bool {
	for key, value := range metadata {
		if found.info.Metadata[key] != value {
			return false
		}
	}
	return true
}

func (s *server) Get(_ context.Context, request *bpfman.GetRequest) (*bpfman.GetResponse, error) {
	s.Lock()
	defer s.Unlock()
	found := s.programs[request.Id]
	if found == nil {
		return nil, status.Errorf(codes.NotFound, "program with ID %d not found", request.Id)
	}
	return &bpfman.GetResponse{Info: proto.Clone(found.info).(*bpfman.ProgramInfo), KernelInfo: found.kernel}, nil
}

func (s *server) PullBytecode(_ context.Context, request *bpfman.PullBytecodeRequest) (*bpfman.PullBytecodeResponse, error) {
	if request.Image == nil {
		return nil, status.Error(codes.InvalidArgument, "image is required")
	}
	fmt.Fprintln(s.told, "PullBytecode", request.Image.Url)
	return &bpfman.PullBytecodeResponse{}, nil
}
