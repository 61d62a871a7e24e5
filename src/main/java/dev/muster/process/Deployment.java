package dev.muster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Brings the model to the engine. */
@Component
@WithEngine
class Deployment {

  private static final Logger log = LoggerFactory.getLogger(Deployment.class);

  private static final String NOTE =
      """
      INSERT INTO deployed_process (id, checksum, deployed_at)
      VALUES (:id, :checksum, clock_timestamp())
      ON CONFLICT (id) DO UPDATE
      SET checksum = EXCLUDED.checksum, deployed_at = EXCLUDED.deployed_at
      WHERE deployed_process.checksum <> EXCLUDED.checksum
      """;

  private final Engine engine;
  private final JdbcClient jdbc;

  Deployment(Engine engine, JdbcClient jdbc) {
    this.engine = engine;
    this.jdbc = jdbc;
  }

  /**
   * Deploys the model and notes its checksum. The engine ignores a model it already has, so this
   * may be asked for at every start, and an engine that lost its data gets it back.
   */
  void deploy() {
    var model = model();
    engine.deploy(model, TaskProcess.MODEL);
    var changed =
        jdbc.sql(NOTE).param("id", TaskProcess.ID).param("checksum", checksum(model)).update() > 0;
    log.info("process {} is deployed{}", TaskProcess.ID, changed ? ", with a new model" : "");
  }

  private static byte[] model() {
    try {
      return new ClassPathResource(TaskProcess.MODEL).getContentAsByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String checksum(byte[] model) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
