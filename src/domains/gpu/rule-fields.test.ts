import { expect, test } from 'vitest';
import { declaredRuleFields } from '../../graph/rule-fields.ts';
import './rule-fields.graph.ts';

test('the labels of an alert about a GPU are the id of its host and its index', () => {
  const gpu = { index: 1, name: null, uuid: null, powerW: 300 };
  const entry = {
    topic: 'gpu.sampled',
    type: 'gpu.sampled',
    key: 'web-1',
    id: '',
    seq: 0,
    occurredAt: 0,
    recordedAt: 0,
    urgent: false,
    payload: { gpus: [gpu] },
  };
  const values = declaredRuleFields().get('gpu.powerW')?.read(entry);
  expect(values).toMatchObject([{ value: 300, labels: { hostId: 'web-1', gpuIndex: '1' } }]);
});
