// A demo district that also has a bureau, a laboratory and an inspector, so that tests of work in the field can sign.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { demoDistrict, pipaOk, project, scratch } from './support.mjs';

const officeOf = (id, zh, en) => ({ id, kind: 'office', name: { 'zh-Hans': `${zh}（示例）`, en: `${en} (demo)` }, division: 330113, contact: '0571-0000-0000' });

export function fieldDistrict() {
  const demo = demoDistrict();
  const { file, folder } = scratch();
  const registry = JSON.parse(readFileSync(demo.file('registry.json'), 'utf8'));
  const add = (name, role, party, more = {}) => {
    const made = pipaOk(['keys', 'new', '--out', file(`${name}.key`), '--json']).json();
    registry.parties.push(party);
    registry.keys.push({ public_key: made.public_key, party: party.id, role, valid_from: '2026-01-01', ...more });
  };
  add('bureau', 'bureau', officeOf(901, '临平区农业农村局', 'Linping Agriculture Bureau'));
  add('laboratory', 'laboratory', officeOf(902, '临平检测中心', 'Linping Laboratory'), { rechecks: true });
  add('inspector', 'inspector', officeOf(903, '乔司网格员', 'Qiaosi Grid Inspector'));
  for (const key of registry.keys) if (key.role === 'producer') delete key.scope.types;  // producers also tell of their work
  writeFileSync(file('registry.json'), JSON.stringify(registry));
  pipaOk(['trust', 'make', '--registry', file('registry.json'), '--key', demo.file('keys/office.key'), '--out', file('trust.cose'), '--allow-invalid']);
  const trust = ['--trust', file('trust.cose'), '--office-key', demo.file('office.pub')];
  return { demo, file, folder, trust, key: (name) => ['--key', file(`${name}.key`)], producer: (name) => ['--key', demo.file(`keys/${name}.key`)], now: demo.now };
}

export const importFile = (name) => path.join(project, 'assets/import', name);
