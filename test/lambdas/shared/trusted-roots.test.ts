import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import tls, { getCACertificates, rootCertificates, setDefaultCACertificates } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { distrustDroppedRoots } from '../../../lambdas/shared/trusted-roots.ts';

const DROPPED = /CN=emSign (ECC Root CA - G3|Root CA - C1|ECC Root CA - C3)$/m;
const subjectsOf = (certificates: readonly string[]) =>
  certificates.map((pem) => new X509Certificate(pem).subject).toSorted();

it('trusts no root that Node 24.22.1 dropped, and every other', () => {
  const before = getCACertificates('default');
  onTestFinished(() => setDefaultCACertificates(before));
  setDefaultCACertificates([...rootCertificates]);

  distrustDroppedRoots();

  const subjects = subjectsOf(getCACertificates('default'));

  expect(subjects.filter((subject) => DROPPED.test(subject))).toEqual([]);
  expect(subjects).toEqual(subjectsOf(rootCertificates).filter((subject) => !DROPPED.test(subject)));
});

it('does nothing where Node is too old for it, as on Apple Silicon, and loads all the same', () => {
  const { setDefaultCACertificates: known } = tls;
  onTestFinished(() => void Object.assign(tls, { setDefaultCACertificates: known }));
  Object.assign(tls, { setDefaultCACertificates: undefined });

  expect(distrustDroppedRoots).not.toThrow();
});

it('does so at the start of local mode, before it connects to anything', () => {
  const atExit = `process.on('exit', () => {
    const { X509Certificate } = process.getBuiltinModule('crypto');
    const trusted = process.getBuiltinModule('tls').getCACertificates('default');
    const dropped = trusted.filter((pem) => ${DROPPED}.test(new X509Certificate(pem).subject));
    process.stderr.write('trusted: ' + trusted.length + ', dropped among them: ' + dropped.length);
  });`;
  const preload = `data:text/javascript,${encodeURIComponent(atExit)}`;

  const { stderr } = spawnSync(process.execPath, ['--import', preload, 'local/main.ts', '--help'], {
    encoding: 'utf8',
  });

  expect(stderr).toMatch(/trusted: [1-9]\d+, dropped among them: 0$/);
});
