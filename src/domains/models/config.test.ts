import { describe, expect, test } from 'vitest';
import { config, errors } from '../../../test/_util/config.ts';

describe('MODEL_SERVERS', () => {
  test('lists servers by name and URL, with keys from variables that are named after the servers', () => {
    const env = {
      MODEL_SERVERS: 'github=https://models.example.com/, my-vllm.2 = http://10.0.0.5:8000/v1',
      OLLAMA_URL: '',
      GITHUB_TOKEN: ' ghp_1\n',
      MY_VLLM_2_TOKEN: '',
    };
    expect(config(env).models.servers).toEqual([
      { name: 'github', url: 'https://models.example.com', kind: 'OPENAI', key: 'ghp_1' },
      { name: 'my-vllm.2', url: 'http://10.0.0.5:8000/v1', kind: 'OPENAI', key: null },
    ]);
  });

  test.each([
    'github',
    'a:b=http://h',
    'x=ftp://h',
    'x=',
    '=http://h',
    'x=http://u:p@h',
    'x=http://h,x=http://i',
  ])('rejects %s', (text) => {
    expect(errors({ MODEL_SERVERS: text })).toEqual([expect.stringMatching(/^MODEL_SERVERS must .*, got "/)]);
  });

  test('rejects the name ollama while OLLAMA_URL is set', () => {
    expect(errors({ MODEL_SERVERS: 'ollama=http://h' })).toHaveLength(1);
    expect(errors({ MODEL_SERVERS: 'ollama=http://h', OLLAMA_URL: '' })).toEqual([]);
  });

  test('is extended by Ollama unless OLLAMA_URL is empty', () => {
    expect(config({ OLLAMA_URL: '' }).models.servers).toEqual([]);
    expect(config({ OLLAMA_URL: 'http://gpu:11434/' }).models.servers).toMatchObject([
      { name: 'ollama', url: 'http://gpu:11434', kind: 'OLLAMA' },
    ]);
    expect(errors({ OLLAMA_URL: 'gpu:11434' })).toHaveLength(1);
  });
});
