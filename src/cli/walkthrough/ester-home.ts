import { ASSESSORS, HEALTH_CENTRE, HOME_CARE, WARD } from './cast.ts';
import {
  accept,
  acceptInvitation,
  admit,
  call,
  designate,
  HOMEWARD,
  planMonday,
  ready,
  WEIGHT,
  weighs,
  whoseWeighing,
} from './ester-home-acts.ts';
import type { Scene } from './scene.ts';

/** From the ward to the day before the meeting: the plan for her discharge, and what everybody does in it. */
export const esterHome: readonly Scene[] = [
  {
    at: '2026-11-16T13:02',
    who: 'tove-testrup',
    does: 'skriver plan vid utskrivning: hem fredag 20 november, preliminärt; vårdcentralen ombeds utse fast vårdkontakt',
    act: admit,
  },
  {
    at: '2026-11-16T13:40',
    who: 'maj-modell',
    does: 'tar emot på vårdcentralen och åtar sig att utse fast vårdkontakt',
    act: async (play) => {
      await accept(play, 'maj-modell', [`SPU: ${HEALTH_CENTRE.unit}`, 'SPU: Utse fast vårdkontakt']);
      return {};
    },
  },
  {
    at: '2026-11-16T15:10',
    who: 'kim-ovning',
    does: 'tar emot på biståndsenheten',
    act: async (play) => {
      await accept(play, 'kim-ovning', [`SPU: ${ASSESSORS.unit}`]);
      return {};
    },
  },
  {
    at: '2026-11-17T09:00',
    named: true,
    sees: {
      'nästa steg': 'Vårdcentralen utser din fasta vårdkontakt senast onsdag 18 november 12:00.',
      vad: 'Vårdcentralen utser din fasta vårdkontakt',
      när: 'latest-by 2026-11-18T11:00:00.000Z',
      vem: 'Testeryds vårdcentral',
      hur: '',
      når: 'Testeryds vårdcentral: 040-6280420',
    },
  },
  {
    at: '2026-11-18T09:15',
    who: 'maj-modell',
    does: 'blir Esters fasta vårdkontakt; jouren är hennes ersättare',
    act: designate,
    sees: { 'nästa steg': 'Du åker hem fredag 20 november.' },
  },
  {
    at: '2026-11-19T10:00',
    who: 'tove-testrup',
    does: 'flyttar den preliminära hemgången till lördag 21 november',
    act: async (play) => {
      const time = { form: 'window', from: '2026-11-21', to: '2026-11-21' };
      await play.change('tove-testrup', `SPU: ${HOMEWARD}`, '', { time }, { method: 'PATCH' });
      const { changed } = await play.get<{ changed: readonly { words: string }[] }>('ester', '/v1/my/overview');
      return { checks: [{ what: 'märkt', expected: 'Ändrad: Tid', actual: changed[0]?.words ?? '' }] };
    },
    sees: { 'nästa steg': 'Du åker hem lördag 21 november.' },
  },
  {
    at: '2026-11-20T15:10',
    who: 'tove-testrup',
    does: 'Ester är utskrivningsklar: hemgången bokas till lördag 11:00; hemsjukvården och hjärtmottagningen tillfrågas',
    act: ready,
  },
  {
    at: '2026-11-20T15:30',
    who: 'hanna-hittepa',
    does: 'kvitterar på hemsjukvården; avdelningen har fortfarande ansvaret för viktkontrollen',
    act: async (play) => {
      await acceptInvitation(play, 'hanna-hittepa', HOME_CARE.unit);
      return whoseWeighing(play, `proposed, ${WARD.unit}`);
    },
  },
  { at: '2026-11-20T15:45', who: 'maj-modell', does: 'planerar samtalet och kallelsen på måndag', act: planMonday },
  {
    at: '2026-11-20T15:50',
    who: 'ali-provsson',
    does: 'tar uppföljningen på hjärtmottagningen och bokar tiden',
    act: async (play) => {
      await accept(play, 'ali-provsson', ['SPU: Uppföljning']);
      await play.change('ali-provsson', 'SPU: Uppföljning', 'transition', { to: 'booked' });
      return {};
    },
  },
  {
    at: '2026-11-20T16:05',
    who: 'hanna-hittepa',
    does: 'åtar sig viktkontrollen: nu är den hemsjukvårdens',
    act: async (play) => {
      await accept(play, 'hanna-hittepa', [`SPU: ${WEIGHT}`]);
      return whoseWeighing(play, `agreed, ${HOME_CARE.unit}`);
    },
  },
  {
    at: '2026-11-20T16:10',
    named: true,
    sees: {
      'nästa steg': 'Du åker hem lördag 21 november 11:00.',
      vad: 'Du åker hem',
      när: 'fixed 2026-11-21T10:00:00.000Z',
      vem: 'Provköpings lasarett, medicinavdelning 4',
      når: 'Provköpings lasarett, medicinavdelning 4: 040-6280401',
      sedan: 'Sedan: Hemsjukvården kommer och väger dig söndag 22 november.',
    },
  },
  {
    at: '2026-11-21T11:05',
    who: 'tove-testrup',
    does: 'Ester åker hem med papper nummer 3 och läkemedelslistan; Britt får en kopia',
    act: async (play) => {
      const note = 'Papper nr 3 och läkemedelslista lämnade till Ester, kopia till dottern.';
      await play.report('tove-testrup', `SPU: ${HOMEWARD}`, { outcome: 'done', note });
      return {};
    },
    sees: { 'nästa steg': 'Hemsjukvården kommer och väger dig söndag 22 november.' },
  },
  {
    at: '2026-11-22T10:30',
    who: 'hanna-hittepa',
    does: 'väger Ester hemma: 71,4 kg',
    act: weighs('2026-11-22', 71.4),
  },
  {
    at: '2026-11-22T13:00',
    named: true,
    sees: {
      'nästa steg': 'Maj ringer dig måndag 23 november före 12:00.',
      vad: 'Maj ringer dig',
      när: 'window 2026-11-23T11:00:00.000Z',
      vem: 'Maj Modell, Testeryds vårdcentral',
      hur: 'Telefon',
    },
  },
  {
    at: '2026-11-23T09:30',
    who: 'maj-modell',
    does: 'kallar till SIP-möte med brev och telefon, hemma hos Ester torsdag 13:00',
    act: call,
  },
  {
    at: '2026-11-23T10:15',
    who: 'maj-modell',
    does: 'ringer Ester',
    act: async (play) => {
      const patientText = 'Det går bra hemma. Du har din läkemedelslista och vet vem du ringer.';
      await play.report('maj-modell', 'SPU: Ring Ester dagen efter hemgång', { outcome: 'done', patientText });
      return {};
    },
    sees: { 'nästa steg': 'Möte hemma torsdag 26 november 13:00.' },
  },
  {
    at: '2026-11-23T10:40',
    who: 'hanna-hittepa',
    does: 'väger Ester hemma: 71,2 kg',
    act: weighs('2026-11-23', 71.2),
  },
  {
    at: '2026-11-24T09:00',
    named: true,
    sees: {
      'nästa steg': 'Möte hemma torsdag 26 november 13:00.',
      vad: 'Möte hemma',
      när: 'fixed 2026-11-26T12:00:00.000Z',
      vem: 'Testeryds vårdcentral',
      hur: 'Hemma hos dig',
      når: 'Maj Modell: 040-6280411',
    },
  },
  { at: '2026-11-24T10:30', who: 'hanna-hittepa', does: 'väger Ester hemma: 71,0 kg', act: weighs('2026-11-24', 71) },
  { at: '2026-11-25T10:30', who: 'hanna-hittepa', does: 'väger Ester hemma: 71,1 kg', act: weighs('2026-11-25', 71.1) },
];
