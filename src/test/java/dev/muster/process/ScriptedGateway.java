package dev.muster.process;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc.GatewayImplBase;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployResourceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployResourceResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** Speaks the engine's gRPC and answers as a test wants, since real engines fail as they like. */
final class ScriptedGateway extends GatewayImplBase implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  /** What becomes of a message. */
  enum Fate {
    TAKEN(Status.OK),
    TAKEN_WITHOUT_REPLY(Status.UNAVAILABLE),
    REJECTED(Status.RESOURCE_EXHAUSTED);

    private final Status status;

    Fate(Status status) {
      this.status = status;
    }
  }

  record Message(String name, String key, String id, String stage) {

    int version() {
      return Integer.parseInt(id.split("-")[1]);
    }
  }

  /** The messages the engine has taken, in order. */
  final List<Message> taken = new CopyOnWriteArrayList<>();

  /** Keys of messages that arrived while another one of the same key was on its way. */
  final Set<String> overtaken = ConcurrentHashMap.newKeySet();

  final AtomicInteger attempts = new AtomicInteger();
  volatile Function<Message, Fate> script = message -> Fate.TAKEN;
  volatile int replyMillis;

  /** What replies wait for. */
  volatile CountDownLatch held = new CountDownLatch(0);

  /** How a look for a process is refused; the first of the elements asked for always exists. */
  volatile Function<String, Status> present = process -> Status.NOT_FOUND;

  /** How often somebody looked for a process. */
  final AtomicInteger looks = new AtomicInteger();

  /** How often somebody tried to complete a job. */
  final AtomicInteger completions = new AtomicInteger();

  /** What becomes of jobs that are completed. */
  volatile Status jobs = Status.OK;

  /** The jobs that were ended, each with its variables or its error. */
  final Map<Long, String> ended = new ConcurrentHashMap<>();

  /** The jobs that failed, each with the retries it has left and why. */
  final Map<Long, String> failed = new ConcurrentHashMap<>();

  private final Set<String> onTheirWay = ConcurrentHashMap.newKeySet();
  private final Server server;

  ScriptedGateway() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
              .addService(this)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, Object> properties() {
    return Map.of("camunda.client.grpc-address", "http://127.0.0.1:" + server.getPort());
  }

  List<Message> about(Desk.Given task) {
    return taken.stream().filter(message -> message.key().equals(task.task().value())).toList();
  }

  @Override
  public void publishMessage(
      PublishMessageRequest request, StreamObserver<PublishMessageResponse> reply) {
    attempts.incrementAndGet();
    var key = request.getCorrelationKey();
    var stage = JSON.readTree(request.getVariables()).get(TaskProcess.STAGE).asString();
    var message = new Message(request.getName(), key, request.getMessageId(), stage);
    if (!onTheirWay.add(key)) {
      overtaken.add(key);
    }
    var fate = script.apply(message);
    if (fate != Fate.REJECTED) {
      taken.add(message);
    }
    sleep();
    onTheirWay.remove(key);
    if (fate == Fate.TAKEN) {
      reply.onNext(PublishMessageResponse.getDefaultInstance());
      reply.onCompleted();
    } else {
      reply.onError(fate.status.asRuntimeException());
    }
  }

  /** It has no process but Muster's own, and says so to whoever looks for another. */
  @Override
  public void createProcessInstance(
      CreateProcessInstanceRequest request, StreamObserver<CreateProcessInstanceResponse> reply) {
    looks.incrementAndGet();
    reply.onError(present.apply(request.getBpmnProcessId()).asRuntimeException());
  }

  @Override
  public void completeJob(CompleteJobRequest request, StreamObserver<CompleteJobResponse> reply) {
    completions.incrementAndGet();
    if (jobs.isOk()) {
      ended.put(request.getJobKey(), request.getVariables());
      reply.onNext(CompleteJobResponse.getDefaultInstance());
      reply.onCompleted();
    } else {
      reply.onError(jobs.asRuntimeException());
    }
  }

  @Override
  public void throwError(ThrowErrorRequest request, StreamObserver<ThrowErrorResponse> reply) {
    ended.put(request.getJobKey(), request.getErrorCode() + " " + request.getErrorMessage());
    reply.onNext(ThrowErrorResponse.getDefaultInstance());
    reply.onCompleted();
  }

  @Override
  public void failJob(FailJobRequest request, StreamObserver<FailJobResponse> reply) {
    failed.put(request.getJobKey(), request.getRetries() + " " + request.getErrorMessage());
    reply.onNext(FailJobResponse.getDefaultInstance());
    reply.onCompleted();
  }

  private void sleep() {
    try {
      held.await();
      Thread.sleep(replyMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void deployResource(
      DeployResourceRequest request, StreamObserver<DeployResourceResponse> reply) {
    reply.onNext(DeployResourceResponse.getDefaultInstance());
    reply.onCompleted();
  }

  @Override
  public void activateJobs(
      ActivateJobsRequest request, StreamObserver<ActivateJobsResponse> reply) {
    reply.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
