// Reads every resource of events and statistics with the server SDK; prints what it understood as one JSON object.
const twilio = require('twilio');

const [server, account, authToken, workspaceSid, queueSid, workflowSid, workerSid] = process.argv.slice(2);

class Rebased extends twilio.RequestClient {
  request(options) {
    return super.request({ ...options, uri: options.uri.replace(/^https:\/\/[^/]*/, server) });
  }
}

const client = twilio(account, authToken, { httpClient: new Rebased() });
const workspace = client.taskrouter.v1.workspaces(workspaceSid);
const queue = workspace.taskQueues(queueSid);
const workflow = workspace.workflows(workflowSid);
const worker = workspace.workers(workerSid);
const period = { minutes: 60, splitByWaitTime: '5,10' };

const reads = {
  events: () => workspace.events.list({ minutes: 60 }),
  event: async () => workspace.events((await workspace.events.list({ minutes: 60, limit: 1 }))[0].sid).fetch(),
  workspace: () => workspace.statistics().fetch(period),
  workspaceRealTime: () => workspace.realTimeStatistics().fetch(),
  workspaceCumulative: () => workspace.cumulativeStatistics().fetch(period),
  queue: () => queue.statistics().fetch(period),
  queueRealTime: () => queue.realTimeStatistics().fetch(),
  queueCumulative: () => queue.cumulativeStatistics().fetch(period),
  queues: () => workspace.taskQueues.statistics.list(period),
  queuesInBulk: () => workspace.taskQueues.bulkRealTimeStatistics.create({ queueSids: [queueSid] }),
  workflow: () => workflow.statistics().fetch(period),
  workflowRealTime: () => workflow.realTimeStatistics().fetch(),
  workflowCumulative: () => workflow.cumulativeStatistics().fetch(period),
  worker: () => worker.statistics().fetch({ minutes: 60 }),
  workers: () => workspace.workers.statistics().fetch({ minutes: 60 }),
  workersRealTime: () => workspace.workers.realTimeStatistics().fetch(),
  workersCumulative: () => workspace.workers.cumulativeStatistics().fetch({ minutes: 60 }),
};

(async () => {
  const understood = {};
  for (const [name, read] of Object.entries(reads)) {
    try {
      understood[name] = await read();
    } catch (failure) {
      throw new Error(`${name}: ${failure.message}`);
    }
  }
  process.stdout.write(JSON.stringify(understood));
})().catch((failure) => {
  process.stderr.write(`${failure.stack}\n`);
  process.exitCode = 1;
});
