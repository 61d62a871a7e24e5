// Drives the worker SDK for a test: a JSON command on each line comes in, a JSON event on each line goes out.
const { Supervisor, Worker, Workspace } = require('twilio-taskrouter');
const readline = require('readline');

const [role, token, server, workspaceSid, options] = process.argv.slice(2);
const say = (event, more = {}) => process.stdout.write(JSON.stringify({ event, ...more }) + '\n');
const addresses = { ebServer: `${server}/v1/wschannels`, wsServer: `${server.replace('http', 'ws')}/v1/wschannels` };
const settings = { ...addresses, logLevel: 'silent', ...JSON.parse(options) };
const worker = new (role === 'supervisor' ? Supervisor : Worker)(token, settings);

const task = (of) => ({ task: of.sid, status: of.status, version: of.version, attributes: of.attributes });
const reservation = (of) => ({
  sid: of.sid,
  status: of.status,
  version: of.version,
  timeout: of.timeout,
  queue: of.task.queueName,
  task: of.task.sid,
  taskVersion: of.task.version,
  attributes: of.task.attributes,
});
const state = () => ({
  sid: worker.sid,
  version: worker.version,
  activity: worker.activity.name,
  attributes: worker.attributes,
  reservations: worker.reservations.size,
});
const channel = (of) => ({ channel: of.taskChannelUniqueName, capacity: of.capacity, available: of.available });
const transfer = (of) => ({ sid: of.sid, status: of.status, mode: of.mode, type: of.type, to: of.to });
const followed = new Set();

function follow(offer) {
  if (followed.has(offer)) return;
  followed.add(offer);
  for (const name of ['accepted', 'completed', 'rejected', 'timeout', 'canceled', 'rescinded', 'wrapup']) {
    offer.on(name, () => say(`reservation.${name}`, reservation(offer)));
  }
  for (const name of ['updated', 'completed', 'canceled', 'wrapup']) {
    offer.task.on(name, (of) => say(`task.${name}`, task(of)));
  }
  offer.task.on('transferInitiated', (outgoing) => {
    say('transferInitiated', transfer(outgoing));
    for (const name of ['completed', 'failed', 'canceled', 'attemptFailed']) {
      outgoing.on(name, (of) => say(`transfer.${name}`, transfer(of)));
    }
  });
}

worker.on('ready', () => {
  worker.reservations.forEach(follow);
  worker.channels.forEach((of) => {
    if (followed.has(of)) return;
    followed.add(of);
    of.on('capacityUpdated', (now) => say('capacityUpdated', { ...channel(now), version: worker.version }));
    of.on('availabilityUpdated', (now) => say('availabilityUpdated', { ...channel(now), version: worker.version }));
  });
  say('ready', { ...state(), activities: [...worker.activities.values()].map((of) => of.name), channels: worker.channels.size });
});
worker.on('reservationCreated', (offer) => {
  follow(offer);
  say('reservationCreated', { ...reservation(offer), transferMode: offer.transfer && offer.transfer.mode });
});
worker.on('activityUpdated', () => say('activityUpdated', state()));
worker.on('attributesUpdated', () => say('attributesUpdated', state()));
worker.on('tokenExpired', () => say('tokenExpired'));
worker.on('disconnected', (why) => say('disconnected', why));
worker.on('error', (error) => say('error', { message: String(error.message) }));

const offer = (command) => worker.reservations.get(command.sid);
const activity = (name) => [...worker.activities.values()].find((of) => of.name === name);
const commands = {
  state: () => state(),
  setActivity: (command) => activity(command.name).setAsCurrent(command.options).then(state),
  setAttributes: (command) => worker.setAttributes(command.attributes).then(state),
  refresh: () => worker.fetchLatestVersion().then(state),
  accept: (command) => offer(command).accept().then(reservation),
  reject: (command) => offer(command).reject(command.options).then(reservation),
  wrap: (command) => offer(command).wrap().then(reservation),
  completeReservation: (command) => offer(command).complete().then(reservation),
  completeTask: (command) => offer(command).task.complete('done').then(task),
  setTaskAttributes: (command) => offer(command).task.setAttributes(command.attributes).then(task),
  transfer: (command) => offer(command).task.transfer(command.to, command.options).then(task),
  cancelTransfer: (command) => offer(command).task.transfers.outgoing.cancel().then(transfer),
  createTask: (command) =>
    worker.createTask('+15550001', '+15550002', command.workflow, command.queue).then((sid) => ({ sid })),
  call: (command) => offer(command).call('+15550001', 'https://example.com/').then(reservation),
  setWorkerActivity: (command) => worker.setWorkerActivity(command.worker, command.activity).then(() => ({})),
  queues: () =>
    new Workspace(token, { ...addresses, pageSize: 1 }, workspaceSid)
      .fetchTaskQueues({ Ordering: 'DateUpdated:asc' })
      .then((queues) => ({ names: [...queues.values()].map((of) => of.queueName) })),
  workers: () =>
    new Workspace(token, { ...addresses, pageSize: 1 }, workspaceSid)
      .fetchWorkers()
      .then((workers) => ({ names: [...workers.values()].map((of) => of.friendlyName) })),
  updateToken: (command) => worker.updateToken(command.token),
  disconnect: () => worker.disconnect(),
};

readline.createInterface({ input: process.stdin }).on('line', async (line) => {
  const command = JSON.parse(line);
  try {
    say('done', { of: command.do, ...(await commands[command.do](command)) });
  } catch (error) {
    say('failed', { of: command.do, message: String(error.message) });
  }
}).on('close', () => process.exit(0));
