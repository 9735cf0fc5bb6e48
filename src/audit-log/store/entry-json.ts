/**
 * SQL for an entry `e` of the log as JSON, with what the directory says of user, unit and provider.
 *
 * @param keys SQL for the keys of the person whose log it is; null when it is read across persons
 */
export const entryJson = (keys: string) => `json_strip_nulls(json_build_object(
    'patientId', e.patient_id, 'id', e.id, 'at', audit_instant(e.at),
    'activity', e.activity, 'action', e.action, 'purpose', e.purpose, 'outcome', e.outcome,
    'userKind', e.user_kind, 'userId', e.user_id, 'userName', e.user_name,
    'unit', e.user_unit, 'unitName', (select u.name from units u where u.hsa_id = e.user_unit),
    'provider', e.user_provider, 'providerName', (select p.name from care_providers p where p.hsa_id = e.user_provider),
    'staff', (select json_build_object('title', w.title, 'protected', w.protected_identity, 'units', w.unit_hsa_ids)
      from staff w where e.user_kind = 'staff' and w.hsa_id = e.user_id),
    'isPatient', e.user_kind = 'citizen' and coalesce((select n.patient_id = any (${keys}) from person_numbers n
      where n.hash = e.user_id), false),
    'kinds', e.resource_kinds))`;
