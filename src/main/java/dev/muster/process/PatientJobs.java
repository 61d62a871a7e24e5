package dev.muster.process;

import dev.muster.web.Refused;
import io.camunda.client.api.worker.JobExceptionHandler;
import io.camunda.client.jobhandling.JobExceptionHandlerSupplier;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * What becomes of jobs that fail. While the database is away, or one of two that waited for each
 * other, they wait and keep their retries, so that an outage leaves no incidents behind. What
 * Muster refuses it would refuse again, so it is an incident at once, in the words of the refusal.
 * Any other failure costs one retry, and of it the engine is told the kind only, since its message
 * may quote personal data.
 */
@Component
@WithEngine
class PatientJobs implements JobExceptionHandlerSupplier {

  private static final Logger log = LoggerFactory.getLogger(PatientJobs.class);

  private final ProcessSettings settings;

  PatientJobs(ProcessSettings settings) {
    this.settings = settings;
  }

  @Override
  public JobExceptionHandler getJobExceptionHandler(JobExceptionHandlerSupplierContext worker) {
    return this::fail;
  }

  private void fail(JobExceptionHandler.JobExceptionHandlerContext context) {
    var job = context.getActivatedJob();
    var failure = context.getException();
    var refused = causes(failure).filter(Refused.class::isInstance).findFirst();
    if (refused.isPresent()) {
      log.warn("job {} {} is refused", job.getType(), job.getKey());
      fail(context, 0, String.valueOf(refused.get().getMessage()));
    } else if (causes(failure).anyMatch(PatientJobs::isDatabaseAway)) {
      log.warn("job {} {} waits for the database", job.getType(), job.getKey());
      fail(context, job.getRetries(), failure.getClass().getSimpleName());
    } else {
      log.error("job {} {} failed", job.getType(), job.getKey(), failure);
      fail(context, job.getRetries() - 1, failure.getClass().getSimpleName());
    }
  }

  private void fail(
      JobExceptionHandler.JobExceptionHandlerContext context, int retries, String message) {
    context
        .getJobClient()
        .newFailCommand(context.getActivatedJob())
        .retries(retries)
        .retryBackoff(settings.jobRetryBackoff())
        .errorMessage(message)
        .send();
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  private static boolean isDatabaseAway(Throwable failure) {
    return failure instanceof TransientDataAccessException
        || failure instanceof RecoverableDataAccessException
        || failure instanceof DataAccessResourceFailureException
        || failure instanceof TransactionException;
  }
}
