/** docs/papers.md from its sections. */

import type { Row, Section, Table } from './section';
import { unpublished } from './unpublished';

const head = `# The papers, reproduced

Written by \`npm run papers\`, which computes everything here from the sources of Unblind with fixed seeds, draws the pictures, and fails where a number that must
agree does not. "Agrees" is decided by the tolerance in the last column; a dash stands where settings are not published, so that the numbers cannot be the same.

The sources: "Towards Healing the Blindness of Score Matching" (Zhang, Key, Hayes, Barber, Paige, Briol 2022), the *MFD paper*; "Blindness of score-based methods
to isolated components and mixing proportions" (Wenliang 2020), the *blindness paper*; the *slides* on score matching (Hedayatnia 2023), which show pictures of
"Generative Modeling by Estimating Gradients of the Data Distribution" (Song and Ermon 2019).`;

const heads = { published: 'Published', reference: 'Reference', exact: 'Exact' } as const;

/** A cell must not end its column. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function verdict({ agrees }: Row): string {
  if (agrees === null) return '–';
  return agrees ? 'yes' : '**no**';
}

function tableText({ caption, column, source, rows }: Table): string {
  const lines = rows.map((row) => `| ${[row.quantity, row.published, row.ours, verdict(row), row.by].map(cell).join(' | ')} |`);
  return `**${caption}.** ${heads[column]}: ${source}\n\n| quantity | ${column} | ours | agrees | by |\n| --- | --- | --- | --- | --- |\n${lines.join('\n')}`;
}

function sectionText({ title, text, pictures, tables }: Section): string {
  const shown = pictures.map(({ name, caption }) => `![${caption}](papers/${name})\n\n_${caption}_`);
  return [`## ${title}`, ...text, ...shown, ...tables.map(tableText)].join('\n\n');
}

export function markdown(sections: readonly Section[]): string {
  const cannot = `## What cannot be the same\n\n${unpublished.map((line) => `- ${line}`).join('\n')}`;
  return `${[head, ...sections.map(sectionText), cannot].join('\n\n')}\n`;
}
