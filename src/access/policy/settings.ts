import type { Words } from '../../shared/problem.ts';

/** Points where the law is uncertain, or leaves the choice to the one who answers for the data. */
export interface LawSettings {
  readonly ownAccessFromAge: number;
  readonly guardianAccessUntilAge: number;
  readonly representativeFromAge: number;
  readonly guardianConsentUntilAge: number;
  readonly everyGuardianMustConsent: boolean;
  readonly childUnableToConsentBelowAge: number;
  readonly sipWithoutConsentWhenUnable: boolean;
  readonly proxyMayRead: boolean;
  readonly relativeSeesOwnSteps: boolean;
  readonly unsignedDelayHours: number;
  readonly innerBlockHidesFromOtherProviders: boolean;
  readonly emergencyNeedsInformation: boolean;
  readonly emergencyOpensSocialCare: boolean;
  readonly socialCareKnowsOfUnblocked: boolean;
  readonly socialCareExceptionsReachCare: boolean;
  readonly practicalKinds: readonly string[];
  readonly rightsWithoutCommission: readonly string[];
}

/** What applies unless a setting says otherwise: where the text can be read in two ways, the one that shows less. */
export const DEFAULT_LAW_SETTINGS: LawSettings = {
  ownAccessFromAge: 16,
  guardianAccessUntilAge: 13,
  representativeFromAge: 18,
  guardianConsentUntilAge: 18,
  everyGuardianMustConsent: true,
  childUnableToConsentBelowAge: 0,
  sipWithoutConsentWhenUnable: false,
  proxyMayRead: false,
  relativeSeesOwnSteps: false,
  unsignedDelayHours: 0,
  innerBlockHidesFromOtherProviders: true,
  emergencyNeedsInformation: true,
  emergencyOpensSocialCare: false,
  socialCareKnowsOfUnblocked: true,
  socialCareExceptionsReachCare: false,
  practicalKinds: [
    'plan',
    'step',
    'named-contact',
    'participant',
    'safety-net-item',
    'commitment',
    'follow-up',
    'agreement-version',
    'agreement-act',
  ],
  rightsWithoutCommission: ['read', 'write', 'sign'],
};

/** The settings of one request. */
export function settingsOf(facts: { readonly settings?: LawSettings }): LawSettings {
  return facts.settings ?? DEFAULT_LAW_SETTINGS;
}

/** What each setting is about, and why it is one: for `docs/access.md` and for whoever sets it. */
export const LAW_SETTINGS: Readonly<Record<keyof LawSettings, Words & { readonly source: string }>> = {
  ownAccessFromAge: {
    sv: 'Ålder från och med vilken barnet självt har direktåtkomst, och bara barnet',
    en: 'Age from which the child, and only the child, has direct access',
    source: 'PDL 5:5; Ineras åldersgränser, ändring föreslagen i Ds 2023:26',
  },
  guardianAccessUntilAge: {
    sv: 'Ålder till vilken vårdnadshavare har direktåtkomst till barnets uppgifter',
    en: 'Age until which guardians have direct access to the child’s data',
    source: 'FB 6:11; OSL 12:3; Ineras åldersgränser, ändring föreslagen i Ds 2023:26',
  },
  representativeFromAge: {
    sv: 'Patientens ålder från och med vilken en god man eller förvaltare kan ha åtkomst',
    en: 'The patient’s age from which a legal representative may have access',
    source: 'FB 11:4, 11:7',
  },
  guardianConsentUntilAge: {
    sv: 'Ålder till vilken ett samtycke som vårdnadshavare har lämnat gäller',
    en: 'Age until which a consent given by guardians holds',
    source: 'FB 6:2, 6:11',
  },
  everyGuardianMustConsent: {
    sv: 'Samtycke för ett barn kräver varje vårdnadshavares ja',
    en: 'A consent for a child takes the yes of every guardian',
    source: 'FB 6:13; riktlinjer för barnhälsovården: den ena kan inte antas tala för den andra',
  },
  childUnableToConsentBelowAge: {
    sv: 'Ålder under vilken ett barn antas sakna förmåga att samtycka utan bedömning; 0 är aldrig',
    en: 'Age below which a child is presumed unable to consent without an assessment; 0 is never',
    source: 'lag 2022:913 3:1 andra stycket anger ingen ålder',
  },
  sipWithoutConsentWhenUnable: {
    sv: 'En varaktigt beslutsoförmögen persons insatser samordnas i SIP utan samtycke',
    en: 'Interventions for a person lastingly unable to consent are coordinated in a SIP without consent',
    source: 'HSL 16:4 kräver samtycke; vägledningar om SIP säger att samordning ändå kan ske',
  },
  proxyMayRead: {
    sv: 'Ett ombud som en vuxen har valt får läsa uppgifter av journaltyp',
    en: 'A proxy chosen by an adult may read record-type data',
    source: 'PDL 5:5; HFD 2018, därefter borttaget på 1177; SOU 2021:39',
  },
  relativeSeesOwnSteps: {
    sv: 'En närstående får se sina egna steg och löften digitalt, aldrig planen',
    en: 'A relative may see own steps and promises digitally, never the plan',
    source: 'PDL 5:5; OSL 12:2',
  },
  unsignedDelayHours: {
    sv: 'Timmar som en osignerad uppgift enligt HSL väntar innan patienten ser den',
    en: 'Hours that an unsigned entry under HSL waits before the patient sees it',
    source: 'PDL 3:10; regionernas regelverk för journal via nätet skiljer sig',
  },
  innerBlockHidesFromOtherProviders: {
    sv: 'En inre spärr döljer uppgifterna även för andra vårdgivare och omsorgsgivare',
    en: 'An inner block hides the data from other providers too',
    source: 'PDL 4:4; lag 2022:913 2:3; Ineras verksamhetsramverk för spärr',
  },
  emergencyNeedsInformation: {
    sv: 'Nödöppning förutsätter att information enligt 2:2 har lämnats',
    en: 'Emergency access takes that information under 2:2 has been given',
    source: 'lag 2022:913 2:2, 3:6: uppgifterna är annars inte tillgängliggjorda',
  },
  emergencyOpensSocialCare: {
    sv: 'Nödöppning öppnar även ospärrade uppgifter hos omsorgsgivare',
    en: 'Emergency access opens unblocked data of social-care providers too',
    source: 'lag 2022:913 3:6 första stycket nämner bara vårdgivare som har gjort uppgifter tillgängliga',
  },
  socialCareKnowsOfUnblocked: {
    sv: 'En omsorgsgivare utan samtycke får veta att ospärrade uppgifter finns',
    en: 'A social-care provider without consent may know that unblocked data exist',
    source: 'lag 2022:913 2:4 andra stycket nämner båda; vägledningar talar om vårdgivare',
  },
  socialCareExceptionsReachCare: {
    sv: 'En omsorgsgivare får utan samtycke läsa även vårdgivares uppgifter om barn och varaktigt beslutsoförmögna',
    en: 'A social-care provider may without consent read care providers’ data too, of children and persons lastingly unable',
    source: 'lag 2022:913 3:2 andra stycket, 3:4 nämner andra omsorgsgivares uppgifter',
  },
  practicalKinds: {
    sv: 'Slag av uppgifter som den med praktisk uppgift (hemtjänst) behöver; utan klinisk text',
    en: 'Kinds of contributions that someone with a practical part (home care) needs; without clinical text',
    source: 'PDL 4:1–2; lag 2022:913 4:3',
  },
  rightsWithoutCommission: {
    sv: 'Behörigheter för omsorgspersonal utan medarbetaruppdrag',
    en: 'Rights of social-care staff without an assignment',
    source: 'lag 2022:913 4:3; kommunens egen behörighetstilldelning',
  },
};
