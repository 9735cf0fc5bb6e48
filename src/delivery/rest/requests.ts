import { z } from 'zod';
import { instant, line, publicReferenceId } from '../../http/fields.ts';
import { because } from '../../http/reasons.ts';
import { parseReferenceId } from '../../shared/ids.ts';
import { eventName } from './answers.ts';

const target = z
  .string()
  .min(1)
  .max(500)
  .refine((text) => URL.canParse(text), because('Ska vara en adress.', 'Must be a URL.'))
  .meta({
    description: 'Adress som börjar med https://, på en tillåten värd.',
    examples: ['https://hooks.example.se/plan'],
  });
const events = z.array(eventName).min(1).max(100).meta({ description: 'Bara dessa händelser; utan fältet alla.' });
const description = line(200).meta({ description: 'Vad den är till för.' });

export const webhookBody = z.strictObject({ target, events: events.optional(), description: description.optional() });

export const webhookPatch = z
  .strictObject({
    target: target.optional(),
    events: events.nullable().optional().meta({ description: 'null: alla händelser.' }),
    description: description.nullable().optional(),
  })
  .refine(
    (body) => Object.keys(body).length > 0,
    because('Minst ett fält ska ändras.', 'At least one field must be changed.'),
  );

export const rotateBody = z.strictObject({
  overlapHours: z
    .int()
    .min(0)
    .max(168)
    .default(24)
    .meta({ description: 'Så länge signeras även med den tidigare hemligheten.' }),
});

export const replayBody = z
  .strictObject({
    fromNumber: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'Prenumerationens eget nummer, det första som skickas om.' }),
    since: instant.optional().meta({ description: 'Händelser från och med denna tid.' }),
  })
  .refine(
    ({ fromNumber, since }) => (fromNumber === undefined) !== (since === undefined),
    because('Ange antingen fromNumber eller since.', 'Give either fromNumber or since.'),
  )
  .meta({ examples: [{ fromNumber: 17 }] });

const messageIdField = z.string().transform((text, context) => {
  const id = text.startsWith('msg_') ? parseReferenceId(text.slice(4)) : undefined;
  if (id) return id;
  context.addIssue({ code: 'custom', ...because('Är inte ett meddelandes id.', 'Is not the id of a message.') });
  return z.NEVER;
});

export const retryBody = z.strictObject({
  messageIds: z.array(messageIdField).min(1).max(200).optional().meta({ description: 'Bara dessa; utan fältet alla.' }),
});

export const subscriptionPath = z.strictObject({ subscriptionId: publicReferenceId });

const WAIT_MOST = 25;
const WHOLE_NUMBER = /^\d{1,3}$/;

/** How long a feed may be waited for, in a query. */
export const waitSeconds = z
  .preprocess(
    (value) => (typeof value === 'string' && WHOLE_NUMBER.test(value) ? Number(value) : value),
    z.int().min(0).max(WAIT_MOST),
  )
  .default(0)
  .meta({
    description: `Sekunder att vänta på något nytt när det inte finns något, högst ${WAIT_MOST}.`,
    examples: [20],
  });
