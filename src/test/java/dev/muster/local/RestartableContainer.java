package dev.muster.local;

import org.testcontainers.containers.GenericContainer;

/**
 * Stops a container so that it can start again with its data, where Testcontainers would remove it.
 */
final class RestartableContainer {

  private final GenericContainer<?> container;

  RestartableContainer(GenericContainer<?> container) {
    this.container = container;
  }

  void start() {
    if (container.getContainerId() == null) {
      container.start();
    } else if (!container.isRunning()) {
      container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    }
  }

  void stop() {
    if (container.isRunning()) {
      container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();
    }
  }

  void kill() {
    if (container.isRunning()) {
      container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }
  }
}
