import { z } from 'zod';
import type { Desk } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled } from '../../http/etag.ts';
import { dateText, instantText, patientIdText, publicPatientId, thingIdText } from '../../http/fields.ts';
import { languageOf } from '../../http/language.ts';
import { readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { type PatientId, publicPatientId as patientIdOf, publicId } from '../../shared/ids.ts';
import { STAY_STATES, type StayState } from '../domain/states.ts';
import { readToldStays, type ToldStay } from '../read-told.ts';
import { TAG } from './send-routes.ts';

const WORDS: Readonly<Record<'sv' | 'en', Readonly<Record<StayState, string>>>> = {
  sv: {
    admitted: 'Du är inskriven på sjukhus',
    ready: 'Du är klar att åka hem',
    'on-leave': 'Du har permission',
    discharged: 'Du har åkt hem',
    dead: 'Vårdtillfället är avslutat',
    cancelled: 'Vårdtillfället är återkallat',
  },
  en: {
    admitted: 'You are in hospital',
    ready: 'You are ready to go home',
    'on-leave': 'You are on leave',
    discharged: 'You have gone home',
    dead: 'The stay has ended',
    cancelled: 'The stay has been withdrawn',
  },
};

const words = z.string();
const toldStay = z
  .object({
    id: thingIdText,
    patientId: patientIdText,
    state: z.enum(STAY_STATES),
    words: words.meta({ description: 'Läget i ord, att visa; engelska med Accept-Language: en.' }),
    ward: words.optional(),
    estimatedDischarge: dateText.optional().meta({ description: 'När hemgången är planerad.' }),
    readyAt: instantText.optional().meta({ description: 'Sedan när patienten är klar att åka hem.' }),
    leaveUntil: instantText.optional(),
    dischargedAt: instantText.optional(),
    contact: z
      .object({
        name: words.optional(),
        roleName: words.optional(),
        unit: words.optional(),
        deputy: words.optional(),
      })
      .optional()
      .meta({ description: 'Den fasta vårdkontakten i den öppna vården.' }),
    meeting: z
      .object({ at: instantText, place: words.optional() })
      .optional()
      .meta({ description: 'När den samordnade planeringen är.' }),
    call: z
      .array(z.object({ name: words, phone: words, whenClosed: words.optional() }))
      .meta({ description: 'Vem man ringer, den första först.' }),
  })
  .meta({ id: 'ToldStay', description: 'Ett vårdtillfälle som patienten får veta om det.' });
const toldStays = z.object({ items: z.array(toldStay) }).meta({ id: 'ToldStays' });

const DESCRIPTION =
  'Vad som är planerat, om det är dags att åka hem, vem som är fast vårdkontakt, när mötet är och vem man ringer. Utan det som enheter är skyldiga varandra. Den som har skyddade uppgifter får varken enhet, tid, plats eller nummer.';

function present(stay: ToldStay, language: 'sv' | 'en'): z.output<typeof toldStay> {
  const { patientId, id, call, ...rest } = stay;
  return {
    ...rest,
    id: publicId(patientId, id),
    patientId: patientIdOf(patientId),
    words: WORDS[language][stay.state],
    call: [...call],
  };
}

/** A person's stays for the patient's side: the asking citizen's own, and those of a person whom one stands for. */
export function registerTold(door: Server, { desk }: { readonly desk: Desk }): void {
  const response = {
    200: answer(toldStays, 'Vårdtillfällena, det senaste först.', { headers: { ETag: REPLY_HEADERS.weakEtag } }),
    304: bodyless('Oförändrat sedan svaret vars märke skickades i If-None-Match.'),
    ...problems(400, 401, 403, 404),
  };
  const config = { access: { actions: ['discharge.read'], actors: ['citizen'] } } as const;
  const common = { tags: [TAG], description: DESCRIPTION, headers: readHeaders, response };
  door.route({
    method: 'GET',
    url: '/my/hospital-stays',
    config,
    schema: { ...common, operationId: 'readMyHospitalStays', summary: 'Läs mina vårdtillfällen' },
    handler: async (request, reply) => {
      const language = languageOf(request.headers['accept-language']);
      const stays = await readToldStays(desk, askingOf(request), undefined);
      reply.header('content-language', language);
      return replyAssembled(request, reply, { items: stays.map((stay) => present(stay, language)) });
    },
  });
  door.route({
    method: 'GET',
    url: '/patients/:patientId/told-hospital-stays',
    config,
    schema: {
      ...common,
      operationId: 'readToldHospitalStays',
      summary: 'Läs en persons vårdtillfällen, för den som företräder personen',
      params: z.strictObject({ patientId: publicPatientId }),
    },
    handler: async (request, reply) => {
      const language = languageOf(request.headers['accept-language']);
      const { patientId } = request.params as { patientId: PatientId };
      const stays = await readToldStays(desk, askingOf(request), patientId);
      reply.header('content-language', language);
      return replyAssembled(request, reply, { items: stays.map((stay) => present(stay, language)) });
    },
  });
}
