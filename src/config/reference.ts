/** Prints the table of settings: `.env.example`, the output of `--help`, and the tables in docs/operating.md. */
import type { Setting, Table } from './setting.ts';

const columns = 120;

const header = `Copy this file to .env in the working directory and remove the # of what you change. The environment of the process takes precedence. Every value shown is the default. An empty value means the default, except for OLLAMA_URL. The server reports unknown names at start; a name that resembles a setting that protects the server stops it.`;

/** The content of `.env.example`. */
export function envExample(table: Table): string {
  const sections = Object.values(table).map(({ title, settings }) => {
    const rows = Object.values(settings).flatMap((setting) =>
      setting.env === undefined
        ? []
        : [...wrapped(sentences(setting), '# '), `#${setting.env}=${setting.default ?? ''}`],
    );
    return [`# --- ${title} ---`, ...rows].join('\n');
  });
  return [wrapped(header, '# ').join('\n'), ...sections].join('\n\n').concat('\n');
}

/** All settings, for a terminal. */
export function settingsHelp(table: Table): string {
  const sections = Object.values(table).map(({ title, settings }) => {
    const rows = Object.values(settings).flatMap((setting) => {
      const { env, key, default: value } = setting;
      const assigned = value === undefined ? '' : `${env === undefined ? ': ' : '='}${value}`;
      return [`  ${env ?? key}${assigned}`, ...wrapped(sentences(setting), '      ')];
    });
    return [`${title}:`, ...rows].join('\n');
  });
  return sections.join('\n\n');
}

/** The same as tables of Markdown. */
export function settingsTables(table: Table): string {
  return Object.values(table)
    .map(({ title, settings }) => {
      const rows = Object.values(settings);
      const keys = rows.some(({ env }) => env === undefined);
      return [`### ${title}`, ...markdownTable('variable', rows, 'env')]
        .concat(keys ? markdownTable('key of the YAML file', rows, 'key') : [])
        .join('\n');
    })
    .join('\n\n');
}

function markdownTable(column: string, settings: readonly Setting[], nameIn: 'env' | 'key'): string[] {
  const named = settings.filter((setting) => setting[nameIn] !== undefined);
  return [
    '',
    `| ${column} | default | description |`,
    '|---|---|---|',
    ...named.map(
      (setting) => `| \`${setting[nameIn]}\` | ${defaultOf(setting)} | ${markdown(setting.description)} |`,
    ),
  ];
}

function sentences({ description, unset, env, key }: Setting): string {
  const sentences = [description];
  if (unset !== undefined) sentences.push(`Default: ${unset}.`);
  if (env !== undefined && key !== undefined) sentences.push(`Takes precedence over the key ${key}.`);
  return sentences.join(' ');
}

function defaultOf({ default: text = '', unset = '' }: Setting): string {
  return text === '' ? markdown(unset) : `\`${text}\``;
}

/** Escapes characters that Markdown interprets, and marks names of variables as code. */
function markdown(text: string): string {
  const escaped = text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*');
  return escaped.replaceAll(/\b[A-Z]+(?:_[A-Z]+)+\b(?:=\w*)?/g, '`$&`');
}

function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > columns) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}
