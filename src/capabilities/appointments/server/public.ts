export { writeAppointment } from './book-appointment.ts';
export { listTodaysAppointments } from './read-appointments.ts';
export { arriveAppointment } from './settle-appointment.ts';
