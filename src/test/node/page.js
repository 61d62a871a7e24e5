const { Worker } = require('twilio-taskrouter');

// Takes one task from the offer to its end, and tells the test what happens.
const say = (event, more = {}) => fetch('/said', { method: 'POST', body: JSON.stringify({ event, ...more }) });
window.onerror = (message) => say('error', { message: String(message) });
fetch('/settings').then((answer) => answer.json()).then((settings) => {
  const worker = new Worker(settings.token, { ...settings.servers, logLevel: 'silent', enableVersionCheck: true });
  worker.on('error', (error) => say('error', { message: String(error.message) }));
  worker.on('ready', () => {
    say('ready', { sid: worker.sid });
    [...worker.activities.values()].find((of) => of.name === 'Available').setAsCurrent();
  });
  worker.on('activityUpdated', () => say('activityUpdated', { activity: worker.activity.name }));
  worker.on('reservationCreated', (reservation) => {
    say('reservationCreated', { sid: reservation.sid });
    reservation.on('accepted', () => {
      say('accepted', { sid: reservation.sid });
      reservation.task.complete('done').catch((error) => say('error', { message: String(error.message) }));
    });
    reservation.on('completed', () => say('completed', { sid: reservation.sid }));
    reservation.accept().catch((error) => say('error', { message: String(error.message) }));
  });
});
