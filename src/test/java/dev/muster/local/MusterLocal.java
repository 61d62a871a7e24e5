package dev.muster.local;

public class MusterLocal {
  public static void main(String[] args) throws Exception {
    System.out.println("java " + Runtime.version() + " pid " + ProcessHandle.current().pid());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    Thread.sleep(4000);
                  } catch (InterruptedException e) {
                  }
                  System.out.println("hook done");
                }));
    Thread.sleep(100000);
  }
}
