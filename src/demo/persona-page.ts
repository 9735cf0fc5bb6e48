import { demoDirectory } from './directory.ts';
import { escapeHtml, page } from './page.ts';
import { type DemoPersona, demoPersonas } from './personas.ts';

const principalOfProvider = new Map(demoDirectory.providers.map((it) => [it.hsaId, it.principalHsaId]));
const providerOfUnit = new Map(demoDirectory.units.map((it) => [it.hsaId, it.providerHsaId]));

function groupOf(persona: DemoPersona): string {
  if (persona.kind !== 'staff') return 'Patienter';
  const principal = principalOfProvider.get(providerOfUnit.get(persona.unitHsaId) ?? '');
  return demoDirectory.principals.find((it) => it.hsaId === principal)?.name ?? 'Övriga';
}

function button({ id, name, about }: DemoPersona): string {
  return `<button name="persona" value="${escapeHtml(id)}">${escapeHtml(name)}<small>${escapeHtml(about)}</small></button>`;
}

/** The page where one chooses whom to be: one button per persona, under the region or kommun they work for. */
export function personaPage(kind: DemoPersona['kind'], clientName: string): string {
  const groups = new Map<string, DemoPersona[]>();
  for (const persona of demoPersonas.filter((it) => it.kind === kind)) {
    const group = groupOf(persona);
    groups.set(group, [...(groups.get(group) ?? []), persona]);
  }
  const sections = [...groups].map(
    ([group, members]) => `<h2>${escapeHtml(group)}</h2>\n${members.map(button).join('\n')}`,
  );
  const title = kind === 'staff' ? 'Logga in som personal' : 'Logga in som patient';
  const intro = `<p>Välj vem du vill vara. Du loggas in i ${escapeHtml(clientName)}.</p>`;
  return page(
    title,
    `${intro}<form method="post">${sections.join('\n')}<h2>Eller</h2>
<button name="cancel" value="yes">Avbryt<small>Gå tillbaka utan att logga in</small></button></form>`,
  );
}
