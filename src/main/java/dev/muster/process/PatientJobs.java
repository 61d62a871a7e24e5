package dev.muster.process;

import io.camunda.client.api.worker.JobExceptionHandler;
import io.camunda.client.jobhandling.JobExceptionHandlerSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * What becomes of jobs that fail. While the database is away they wait and keep their retries, so
 * that an outage leaves no incidents behind; any other failure costs one retry and ends as an
 * incident for an operator. The engine is told the kind of failure only, since messages may quote
 * personal data.
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
    var away = failure instanceof DataAccessException || failure instanceof TransactionException;
    log.warn("job {} {} failed, to be tried again", job.getType(), job.getKey(), failure);
    context
        .getJobClient()
        .newFailCommand(job)
        .retries(away ? job.getRetries() : job.getRetries() - 1)
        .retryBackoff(settings.jobRetryBackoff())
        .errorMessage(failure.getClass().getSimpleName())
        .send();
  }
}
