export { writeAppointment } from './book-appointment.ts';
export { deliverNotices } from './deliver-notices.ts';
export { channelsFrom } from './notice-channels.ts';
export { listTodaysAppointments } from './read-appointments.ts';
export { makeSlotsOf } from './schedules.ts';
export { arriveAppointment } from './settle-appointment.ts';
