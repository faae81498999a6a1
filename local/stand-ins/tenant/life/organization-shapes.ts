import { api, type Shape, visit } from './shape.ts';

const ORGANIZATION = { name: 'org-$number', display_name: 'Harbour Works' };
const INVITATION = { inviter: { name: '$name' }, invitee: { email: '$email' }, client_id: '$client' };
const ROLE = { name: 'role-$number', description: 'May look at everything' };
const PERMISSION = { permission_name: 'read:all', resource_server_identifier: 'https://api.example.com/' };
const IN_ORGANIZATION = { organization_id: '$org', organization_name: 'org-$number' };

export const ORGANIZATION_SHAPES: readonly Shape[] = [
  {
    weight: 2,
    creates: 'org',
    entries: [
      api('post', 'organizations', 'Create an Organization', 201, {
        body: ORGANIZATION,
        response: { id: '$org', ...ORGANIZATION },
      }),
    ],
  },
  {
    weight: 1,
    removes: 'org',
    entries: [api('delete', 'organizations/$org', 'Delete an Organization', 204)],
  },
  {
    weight: 3,
    entries: [
      api('post', 'organizations/$org/members', 'Add members to an organization', 204, {
        body: { members: ['$user'] },
      }),
    ],
  },
  {
    weight: 2,
    entries: [
      api('post', 'organizations/$org/invitations', 'Create an Organization Invitation', 200, {
        body: INVITATION,
        response: { id: 'uinv_$id', ...INVITATION, ticket_id: '*****' },
      }),
    ],
  },
  {
    weight: 1, // by the Dashboard, undocumented: answers a list
    entries: [
      api('post', 'tenants/invitations', 'Create tenant invitations', 200, {
        body: { invitations: [{ email: '$email', roles: ['owner'] }] },
        response: [{ invitation_id: 'inv_$id' }],
      }),
    ],
  },
  {
    weight: 1,
    entries: [
      visit('organization_member_added', {
        description: '',
        hostname: 'harbour-works.eu.auth0.com',
        ...IN_ORGANIZATION,
        details: { reason: { $oneOf: ['invitation', 'auto_membership'] } },
      }),
    ],
  },
  {
    weight: 1, // by a member, through the My Organization API
    entries: [
      visit('my_organization_api_member_succeeded', {
        description: '',
        ...IN_ORGANIZATION,
        details: { operation: 'delete', request: { method: 'DELETE', path: '/my-org/members/$userEncoded' } },
      }),
    ],
  },
  {
    weight: 2,
    creates: 'role',
    entries: [api('post', 'roles', 'Create a role', 200, { body: ROLE, response: { id: '$role', ...ROLE } })],
  },
  {
    weight: 2,
    entries: [
      api('post', 'roles/$role/permissions', 'Associate permissions with a role', 201, {
        body: { permissions: [PERMISSION] },
        response: {},
      }),
    ],
  },
  {
    weight: 1,
    removes: 'role',
    entries: [api('delete', 'roles/$role', 'Delete a role', 200, { response: {} })],
  },
];
