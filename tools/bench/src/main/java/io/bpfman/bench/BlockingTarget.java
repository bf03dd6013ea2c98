package io.bpfman.bench;

import io.bpfman.proto.v1.AttachResponse;
import io.bpfman.proto.v1.DetachResponse;
import io.bpfman.proto.v1.GetResponse;
import io.bpfman.proto.v1.ListResponse;
import io.bpfman.proto.v1.LoadResponse;
import io.bpfman.proto.v1.UnloadResponse;
import java.io.IOException;
import java.nio.file.Path;

/** A running daemon, asked over a connection of its own by a client without threads. One thread. */
final class BlockingTarget implements Target {
  private static final String SERVICE = "/bpfman.v1.Bpfman/";

  private final Setting setting;
  private final BlockingClient client;

  BlockingTarget(Setting setting, Path socket) throws IOException {
    this.setting = setting;
    this.client = new BlockingClient(socket);
  }

  @Override
  public String name() {
    return "socket, blocking";
  }

  @Override
  public long load(Kind kind) throws IOException {
    return client
        .call(SERVICE + "Load", Requests.load(setting, kind), LoadResponse.parser())
        .getPrograms(0)
        .getKernelInfo()
        .getId();
  }

  @Override
  public long attach(Kind kind, long program) throws IOException {
    return client
        .call(SERVICE + "Attach", Requests.attach(setting, kind, program), AttachResponse.parser())
        .getLinkId();
  }

  @Override
  public void detach(long link) throws IOException {
    client.call(SERVICE + "Detach", Requests.detach(link), DetachResponse.parser());
  }

  @Override
  public void unload(long program) throws IOException {
    client.call(SERVICE + "Unload", Requests.unload(program), UnloadResponse.parser());
  }

  /** Asks for one program; answers its id. */
  long get(long program) throws IOException {
    return client
        .call(SERVICE + "Get", Requests.get(program), GetResponse.parser())
        .getKernelInfo()
        .getId();
  }

  /** Lists all programs of the daemon; answers their number. */
  long list() throws IOException {
    return client.call(SERVICE + "List", Requests.LIST, ListResponse.parser()).getResultsCount();
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
