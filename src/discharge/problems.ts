import { defineProblem, type ProblemFactory, type ProblemKind } from '../shared/problem.ts';

function refusal(kind: ProblemKind, code: string, sv: string, en: string, law?: string): ProblemFactory {
  return defineProblem({ code, kind, title: { sv, en }, ...(law === undefined ? {} : { law }) });
}

export const messageNotYours = refusal(
  'forbidden',
  'discharge-message-not-yours',
  'Meddelandet sänds, rättas och återkallas av den enhet som lagen säger, och kvitteras av mottagarna',
  'The message is sent, corrected and withdrawn by the unit that the law says, and received by its receivers',
  'LUS 2:1–4:3',
);
export const sendingUnitNotYours = refusal(
  'forbidden',
  'discharge-unit-not-yours',
  'Enheten är ingen verksam enhet som den som frågar arbetar för',
  'The unit is no active unit that the one who asks works for',
);
export const sendingUnitMissing = refusal(
  'unprocessable',
  'discharge-unit-missing',
  'Ange för vilken av vårdgivarens enheter systemet handlar',
  'Say for which of the provider’s units the system acts',
);
export const callNotBySystem = refusal(
  'forbidden',
  'sip-call-not-by-system',
  'En kallelse till SIP sänds, rättas och återkallas av den fasta vårdkontakten själv, inte av ett system',
  'A call to SIP is sent, corrected and withdrawn by the named contact in person, not by a system',
  'LUS 4:3',
);
export const callByNamedContact = refusal(
  'forbidden',
  'sip-call-by-named-contact',
  'Bara den fasta vårdkontakten i den öppna vården kallar till SIP',
  'Only the named contact in open care calls to SIP',
  'LUS 4:3',
);
export const stayMoveNotAllowed = refusal(
  'conflict',
  'discharge-message-out-of-order',
  'Detta kan inte meddelas i det läge som vårdtillfället är i',
  'This cannot be told in the state that the stay is in',
);
export const messageMoveNotAllowed = refusal(
  'conflict',
  'discharge-message-withdrawn',
  'Meddelandet är återkallat',
  'The message has been withdrawn',
);
export const callWithoutConsent = refusal(
  'conflict',
  'sip-call-without-consent',
  'En SIP görs bara med patientens samtycke; utan det planerar var och en för sig',
  'A SIP is made only with consent; without it each goes on with its own planning',
  'LUS 4:2',
);
export const contactNotDesignated = refusal(
  'conflict',
  'contact-not-designated',
  'Ingen fast vårdkontakt är utsedd',
  'No named contact has been designated',
  'LUS 2:5, 4:3',
);
export const noticeOnlyStatutory = refusal(
  'unprocessable',
  'admission-notice-only-statutory',
  'Inskrivningsmeddelandet innehåller namn, personnummer, folkbokföringsadress och beräknad utskrivning och inget annat',
  'The admission notice holds name, personal number, registered address and estimated discharge and nothing else',
  'LUS 2:2',
);
export const receiverUnfit = refusal(
  'unprocessable',
  'discharge-receiver-unfit',
  'Mottagarna ska vara andra, verksamma enheter, och den öppna vården en regions',
  'The receivers must be other, active units, and the open care of a region',
);
export const openCareMissing = refusal(
  'unprocessable',
  'open-care-unit-missing',
  'När kommunal hälso- och sjukvård väntas ska även den öppna vården underrättas',
  'When municipal health care is expected, open care must be told too',
  'LUS 2:1',
);
export const addressProtected = refusal(
  'unprocessable',
  'address-of-protected-person',
  'Adressen till en person med skyddade personuppgifter lämnas inte',
  'The address of a protected person is not given',
);
export const addressMissing = refusal(
  'unprocessable',
  'registered-address-missing',
  'Ange folkbokföringsadressen',
  'Give the registered address',
  'LUS 2:2',
);
export const dischargeTimeWrong = refusal(
  'unprocessable',
  'discharge-time-wrong',
  'Tiden stämmer inte med vad som meddelas',
  'The time does not fit what is told',
);
export const correctionNotFitting = refusal(
  'unprocessable',
  'correction-not-fitting',
  'Rättelsen innehåller något som meddelandet inte har',
  'The correction holds something that the message does not have',
);
export const withdrawalReasonMissing = refusal(
  'unprocessable',
  'withdrawal-reason-missing',
  'Ange varför meddelandet återkallas',
  'Say why the message is withdrawn',
);

/** Messages of a stay without its admission notice: a fault, since each names it. */
export const lacksAdmission = () => new Error('a stay without an admission notice');
