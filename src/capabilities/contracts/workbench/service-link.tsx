import { Link } from '@tanstack/react-router';
import { deliverables } from '../domain/service-package.ts';

interface Service {
  readonly recordId: string;
  readonly form: string;
  readonly on: string;
  readonly contextId?: string | null | undefined;
}

/** A credited service, opening the work it was credited from. */
export function ServiceLink({ residentId, service }: { residentId: string; service: Service }) {
  const text = `${service.on} ${deliverables[service.form] ?? service.form}`;
  switch (service.form) {
    case 'care-plan':
      return (
        <Link to="/print/plans/$planId" params={{ planId: service.recordId }}>
          {text}
        </Link>
      );
    case 'centre-visit':
      return (
        <Link to="/visits/$visitId" params={{ visitId: service.recordId }}>
          {text}
        </Link>
      );
    case 'referral-request':
      return service.contextId ? (
        <Link to="/visits/$visitId" params={{ visitId: service.contextId }}>
          {text}
        </Link>
      ) : (
        <Link to="/residents/$residentId" params={{ residentId }}>
          {text}
        </Link>
      );
    case 'lead-hospital-appointment':
      return (
        <Link to="/appointments" search={{ day: service.on, slotId: service.contextId ?? undefined }}>
          {text}
        </Link>
      );
    case 'record-update':
      return (
        <Link to="/residents/$residentId" params={{ residentId }}>
          {text}
        </Link>
      );
    default:
      return (
        <Link
          to="/residents/$residentId/records/$recordId"
          params={{ residentId, recordId: service.recordId }}
        >
          {text}
        </Link>
      );
  }
}
