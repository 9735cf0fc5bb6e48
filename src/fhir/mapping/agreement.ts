import { type PartStanding, partiesOf, type Standing, standingOfParts } from '../../plans/domain/agreement-standing.ts';
import type { AgreementVersion, Party, Receipt, Statement } from '../../plans/domain/model.ts';
import { partyKey } from '../../plans/domain/party.ts';
import { elementId, parts } from './owned.ts';
import { PARTY_ROLES, partyRef } from './references.ts';
import type { FhirView } from './view.ts';

/** The least that holds of any of a party's parts is what holds of the party. */
const WEAKEST: readonly Standing[] = ['reserved', 'unconfirmed', 'reported', 'confirmed'];
const STATUS: Readonly<Record<Standing, string>> = {
  confirmed: 'approved',
  reported: 'reported',
  reserved: 'reserved',
  unconfirmed: 'proposed',
};

function partyExtension(view: FhirView, party: Party, standings: readonly PartStanding[]): fhir4.Extension {
  const own = standings.filter(({ part }) => partyKey(part.party) === partyKey(party));
  const standing = WEAKEST.find((one) => own.some((part) => part.standing === one)) ?? 'unconfirmed';
  const answer = own.find((part) => part.standing === standing)?.answer;
  return {
    url: 'party',
    extension: parts([
      { url: 'who', valueReference: partyRef(view, party) },
      { url: 'role', valueString: PARTY_ROLES[party.kind] },
      { url: 'status', valueCode: STATUS[standing] },
      answer && { url: 'when', valueDateTime: answer.givenAt },
      answer && { url: 'method', valueCode: answer.method },
    ]),
  };
}

function versionExtension(view: FhirView, version: AgreementVersion): fhir4.Extension {
  const { content } = view.plan;
  const standings = standingOfParts(version, content['agreement-version'], content['agreement-act']);
  return {
    ...elementId(version),
    url: view.urls.extension('agreement'),
    extension: parts([
      { url: 'version', valueInteger: version.version },
      { url: 'status', valueCode: version.state },
      { url: 'proposed', valueDateTime: version.proposedAt },
      version.agreedAt === undefined ? undefined : { url: 'agreed', valueDateTime: version.agreedAt },
      ...partiesOf(version).map((party) => partyExtension(view, party, standings)),
    ]),
  };
}

/** The versions of the agreement: what each party has said of its own parts. */
export function agreementExtensions(view: FhirView): fhir4.Extension[] {
  const versions = view.plan.content['agreement-version'].toSorted((a, b) => a.version - b.version);
  return versions.map((version) => versionExtension(view, version));
}

function receiptExtension(view: FhirView, receipt: Receipt): fhir4.Extension {
  const answers = Object.entries(receipt.answers) as [Statement, boolean | undefined][];
  return {
    ...elementId(receipt),
    url: view.urls.extension('receipt'),
    extension: parts([
      { url: 'version', valueInteger: receipt.version },
      { url: 'party', valueCode: receipt.side },
      { url: 'method', valueCode: receipt.method },
      { url: 'when', valueDateTime: receipt.answeredAt },
      ...answers.map(([statement, answer]) =>
        answer === undefined
          ? undefined
          : {
              url: 'answer',
              extension: [
                { url: 'statement', valueCode: statement },
                { url: 'agrees', valueBoolean: answer },
              ],
            },
      ),
    ]),
  };
}

/** "Mitt kvitto": what each side has answered to the seven statements. */
export function receiptExtensions(view: FhirView): fhir4.Extension[] {
  return view.plan.content.receipt.map((receipt) => receiptExtension(view, receipt));
}
