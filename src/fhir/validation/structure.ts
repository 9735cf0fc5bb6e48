/**
 * What FHIR R4 (4.0.1) says of the elements of what can be written: name, how many, types (with what references may lead
 * to), and the codes of required bindings. Written by scripts/fhir-structure.mjs from HL7's definitions.
 */
export const R4_STRUCTURE = `
Address
  id 0..1 string
  extension 0..* Extension
  use 0..1 code = billing,home,old,temp,work
  type 0..1 code = both,physical,postal
  text 0..1 string
  line 0..* string
  city 0..1 string
  district 0..1 string
  state 0..1 string
  postalCode 0..1 string
  country 0..1 string
  period 0..1 Period
Age
  id 0..1 string
  extension 0..* Extension
  value 0..1 decimal
  comparator 0..1 code = <,<=,>,>=
  unit 0..1 string
  system 0..1 uri
  code 0..1 code
Annotation
  id 0..1 string
  extension 0..* Extension
  author[x] 0..1 Reference(Practitioner,Patient,RelatedPerson,Organization)|string
  time 0..1 dateTime
  text 1..1 markdown
Attachment
  id 0..1 string
  extension 0..* Extension
  contentType 0..1 code
  language 0..1 code
  data 0..1 base64Binary
  url 0..1 url
  size 0..1 unsignedInt
  hash 0..1 base64Binary
  title 0..1 string
  creation 0..1 dateTime
BackboneElement
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
Bundle
  id 0..1 string
  meta 0..1 Meta
  implicitRules 0..1 uri
  language 0..1 code
  identifier 0..1 Identifier
  type 1..1 code = batch,batch-response,collection,document,history,message,searchset,transaction,transaction-response
  timestamp 0..1 instant
  total 0..1 unsignedInt
  link 0..* @Bundle.link
  entry 0..* @Bundle.entry
  signature 0..1 Signature
Bundle.entry
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  link 0..* @Bundle.link
  fullUrl 0..1 uri
  resource 0..1 Resource
  search 0..1 @Bundle.entry.search
  request 0..1 @Bundle.entry.request
  response 0..1 @Bundle.entry.response
Bundle.entry.request
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  method 1..1 code = DELETE,GET,HEAD,PATCH,POST,PUT
  url 1..1 uri
  ifNoneMatch 0..1 string
  ifModifiedSince 0..1 instant
  ifMatch 0..1 string
  ifNoneExist 0..1 string
Bundle.entry.response
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  status 1..1 string
  location 0..1 uri
  etag 0..1 string
  lastModified 0..1 instant
  outcome 0..1 OperationOutcome
Bundle.entry.search
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  mode 0..1 code = include,match,outcome
  score 0..1 decimal
Bundle.link
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  relation 1..1 string
  url 1..1 uri
CarePlan
  id 0..1 string
  meta 0..1 Meta
  implicitRules 0..1 uri
  language 0..1 code
  text 0..1 Narrative
  contained 0..* Resource
  extension 0..* Extension
  modifierExtension 0..* Extension
  identifier 0..* Identifier
  instantiatesCanonical 0..* canonical(PlanDefinition,Questionnaire,Measure,ActivityDefinition,OperationDefinition)
  instantiatesUri 0..* uri
  basedOn 0..* Reference(CarePlan)
  replaces 0..* Reference(CarePlan)
  partOf 0..* Reference(CarePlan)
  status 1..1 code = active,completed,draft,entered-in-error,on-hold,revoked,unknown
  intent 1..1 code = option,order,plan,proposal
  category 0..* CodeableConcept
  title 0..1 string
  description 0..1 string
  subject 1..1 Reference(Patient,Group)
  encounter 0..1 Reference(Encounter)
  period 0..1 Period
  created 0..1 dateTime
  author 0..1 Reference(Patient,Practitioner,PractitionerRole,Device,RelatedPerson,Organization,CareTeam)
  contributor 0..* Reference(Patient,Practitioner,PractitionerRole,Device,RelatedPerson,Organization,CareTeam)
  careTeam 0..* Reference(CareTeam)
  addresses 0..* Reference(Condition)
  supportingInfo 0..* Reference
  goal 0..* Reference(Goal)
  activity 0..* @CarePlan.activity
  note 0..* Annotation
CarePlan.activity
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  outcomeCodeableConcept 0..* CodeableConcept
  outcomeReference 0..* Reference
  progress 0..* Annotation
  reference 0..1 Reference(Appointment,CommunicationRequest,DeviceRequest,MedicationRequest,NutritionOrder,Task,ServiceRequest,VisionPrescription,RequestGroup)
  detail 0..1 @CarePlan.activity.detail
CarePlan.activity.detail
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  kind 0..1 code = Appointment,CommunicationRequest,DeviceRequest,MedicationRequest,NutritionOrder,ServiceRequest,Task,VisionPrescription
  instantiatesCanonical 0..* canonical(PlanDefinition,ActivityDefinition,Questionnaire,Measure,OperationDefinition)
  instantiatesUri 0..* uri
  code 0..1 CodeableConcept
  reasonCode 0..* CodeableConcept
  reasonReference 0..* Reference(Condition,Observation,DiagnosticReport,DocumentReference)
  goal 0..* Reference(Goal)
  status 1..1 code = cancelled,completed,entered-in-error,in-progress,not-started,on-hold,scheduled,stopped,unknown
  statusReason 0..1 CodeableConcept
  doNotPerform 0..1 boolean
  scheduled[x] 0..1 Timing|Period|string
  location 0..1 Reference(Location)
  performer 0..* Reference(Practitioner,PractitionerRole,Organization,RelatedPerson,Patient,CareTeam,HealthcareService,Device)
  product[x] 0..1 CodeableConcept|Reference(Medication,Substance)
  dailyAmount 0..1 Quantity
  quantity 0..1 Quantity
  description 0..1 string
CareTeam
  id 0..1 string
  meta 0..1 Meta
  implicitRules 0..1 uri
  language 0..1 code
  text 0..1 Narrative
  contained 0..* Resource
  extension 0..* Extension
  modifierExtension 0..* Extension
  identifier 0..* Identifier
  status 0..1 code = active,entered-in-error,inactive,proposed,suspended
  category 0..* CodeableConcept
  name 0..1 string
  subject 0..1 Reference(Patient,Group)
  encounter 0..1 Reference(Encounter)
  period 0..1 Period
  participant 0..* @CareTeam.participant
  reasonCode 0..* CodeableConcept
  reasonReference 0..* Reference(Condition)
  managingOrganization 0..* Reference(Organization)
  telecom 0..* ContactPoint
  note 0..* Annotation
CareTeam.participant
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  role 0..* CodeableConcept
  member 0..1 Reference(Practitioner,PractitionerRole,RelatedPerson,Patient,Organization,CareTeam)
  onBehalfOf 0..1 Reference(Organization)
  period 0..1 Period
CodeableConcept
  id 0..1 string
  extension 0..* Extension
  coding 0..* Coding
  text 0..1 string
Coding
  id 0..1 string
  extension 0..* Extension
  system 0..1 uri
  version 0..1 string
  code 0..1 code
  display 0..1 string
  userSelected 0..1 boolean
Communication
  id 0..1 string
  meta 0..1 Meta
  implicitRules 0..1 uri
  language 0..1 code
  text 0..1 Narrative
  contained 0..* Resource
  extension 0..* Extension
  modifierExtension 0..* Extension
  identifier 0..* Identifier
  instantiatesCanonical 0..* canonical(PlanDefinition,ActivityDefinition,Measure,OperationDefinition,Questionnaire)
  instantiatesUri 0..* uri
  basedOn 0..* Reference
  partOf 0..* Reference
  inResponseTo 0..* Reference(Communication)
  status 1..1 code = completed,entered-in-error,in-progress,not-done,on-hold,preparation,stopped,unknown
  statusReason 0..1 CodeableConcept
  category 0..* CodeableConcept
  priority 0..1 code = asap,routine,stat,urgent
  medium 0..* CodeableConcept
  subject 0..1 Reference(Patient,Group)
  topic 0..1 CodeableConcept
  about 0..* Reference
  encounter 0..1 Reference(Encounter)
  sent 0..1 dateTime
  received 0..1 dateTime
  recipient 0..* Reference(Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson,Group,CareTeam,HealthcareService)
  sender 0..1 Reference(Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson,HealthcareService)
  reasonCode 0..* CodeableConcept
  reasonReference 0..* Reference(Condition,Observation,DiagnosticReport,DocumentReference)
  payload 0..* @Communication.payload
  note 0..* Annotation
Communication.payload
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  content[x] 1..1 string|Attachment|Reference
ContactDetail
  id 0..1 string
  extension 0..* Extension
  name 0..1 string
  telecom 0..* ContactPoint
ContactPoint
  id 0..1 string
  extension 0..* Extension
  system 0..1 code = email,fax,other,pager,phone,sms,url
  value 0..1 string
  use 0..1 code = home,mobile,old,temp,work
  rank 0..1 positiveInt
  period 0..1 Period
Contributor
  id 0..1 string
  extension 0..* Extension
  type 1..1 code = author,editor,endorser,reviewer
  name 1..1 string
  contact 0..* ContactDetail
Count
  id 0..1 string
  extension 0..* Extension
  value 0..1 decimal
  comparator 0..1 code = <,<=,>,>=
  unit 0..1 string
  system 0..1 uri
  code 0..1 code
DataRequirement
  id 0..1 string
  extension 0..* Extension
  type 1..1 code
  profile 0..* canonical(StructureDefinition)
  subject[x] 0..1 CodeableConcept|Reference(Group)
  mustSupport 0..* string
  codeFilter 0..* @DataRequirement.codeFilter
  dateFilter 0..* @DataRequirement.dateFilter
  limit 0..1 positiveInt
  sort 0..* @DataRequirement.sort
DataRequirement.codeFilter
  id 0..1 string
  extension 0..* Extension
  path 0..1 string
  searchParam 0..1 string
  valueSet 0..1 canonical(ValueSet)
  code 0..* Coding
DataRequirement.dateFilter
  id 0..1 string
  extension 0..* Extension
  path 0..1 string
  searchParam 0..1 string
  value[x] 0..1 dateTime|Period|Duration
DataRequirement.sort
  id 0..1 string
  extension 0..* Extension
  path 1..1 string
  direction 1..1 code = ascending,descending
Distance
  id 0..1 string
  extension 0..* Extension
  value 0..1 decimal
  comparator 0..1 code = <,<=,>,>=
  unit 0..1 string
  system 0..1 uri
  code 0..1 code
Dosage
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  sequence 0..1 integer
  text 0..1 string
  additionalInstruction 0..* CodeableConcept
  patientInstruction 0..1 string
  timing 0..1 Timing
  asNeeded[x] 0..1 boolean|CodeableConcept
  site 0..1 CodeableConcept
  route 0..1 CodeableConcept
  method 0..1 CodeableConcept
  doseAndRate 0..* @Dosage.doseAndRate
  maxDosePerPeriod 0..1 Ratio
  maxDosePerAdministration 0..1 Quantity
  maxDosePerLifetime 0..1 Quantity
Dosage.doseAndRate
  id 0..1 string
  extension 0..* Extension
  type 0..1 CodeableConcept
  dose[x] 0..1 Range|Quantity
  rate[x] 0..1 Ratio|Range|Quantity
Duration
  id 0..1 string
  extension 0..* Extension
  value 0..1 decimal
  comparator 0..1 code = <,<=,>,>=
  unit 0..1 string
  system 0..1 uri
  code 0..1 code
Element
  id 0..1 string
  extension 0..* Extension
Expression
  id 0..1 string
  extension 0..* Extension
  description 0..1 string
  name 0..1 id
  language 1..1 code
  expression 0..1 string
  reference 0..1 uri
Extension
  id 0..1 string
  extension 0..* Extension
  url 1..1 string
  value[x] 0..1 base64Binary|boolean|canonical|code|date|dateTime|decimal|id|instant|integer|markdown|oid|positiveInt|string|time|unsignedInt|uri|url|uuid|Address|Age|Annotation|Attachment|CodeableConcept|Coding|ContactPoint|Count|Distance|Duration|HumanName|Identifier|Money|Period|Quantity|Range|Ratio|Reference|SampledData|Signature|Timing|ContactDetail|Contributor|DataRequirement|Expression|ParameterDefinition|RelatedArtifact|TriggerDefinition|UsageContext|Dosage|Meta
Goal
  id 0..1 string
  meta 0..1 Meta
  implicitRules 0..1 uri
  language 0..1 code
  text 0..1 Narrative
  contained 0..* Resource
  extension 0..* Extension
  modifierExtension 0..* Extension
  identifier 0..* Identifier
  lifecycleStatus 1..1 code = accepted,active,cancelled,completed,entered-in-error,on-hold,planned,proposed,rejected
  achievementStatus 0..1 CodeableConcept
  category 0..* CodeableConcept
  priority 0..1 CodeableConcept
  description 1..1 CodeableConcept
  subject 1..1 Reference(Patient,Group,Organization)
  start[x] 0..1 date|CodeableConcept
  target 0..* @Goal.target
  statusDate 0..1 date
  statusReason 0..1 string
  expressedBy 0..1 Reference(Patient,Practitioner,PractitionerRole,RelatedPerson)
  addresses 0..* Reference(Condition,Observation,MedicationStatement,NutritionOrder,ServiceRequest,RiskAssessment)
  note 0..* Annotation
  outcomeCode 0..* CodeableConcept
  outcomeReference 0..* Reference(Observation)
Goal.target
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  measure 0..1 CodeableConcept
  detail[x] 0..1 Quantity|Range|CodeableConcept|string|boolean|integer|Ratio
  due[x] 0..1 date|Duration
HumanName
  id 0..1 string
  extension 0..* Extension
  use 0..1 code = anonymous,maiden,nickname,official,old,temp,usual
  text 0..1 string
  family 0..1 string
  given 0..* string
  prefix 0..* string
  suffix 0..* string
  period 0..1 Period
Identifier
  id 0..1 string
  extension 0..* Extension
  use 0..1 code = official,old,secondary,temp,usual
  type 0..1 CodeableConcept
  system 0..1 uri
  value 0..1 string
  period 0..1 Period
  assigner 0..1 Reference(Organization)
Meta
  id 0..1 string
  extension 0..* Extension
  versionId 0..1 id
  lastUpdated 0..1 instant
  source 0..1 uri
  profile 0..* canonical(StructureDefinition)
  security 0..* Coding
  tag 0..* Coding
  project 0..1 uri
  author 0..1 Reference
  onBehalfOf 0..1 Reference
  account 0..1 Reference
  accounts 0..* Reference
  compartment 0..* Reference
Money
  id 0..1 string
  extension 0..* Extension
  value 0..1 decimal
  currency 0..1 code
Narrative
  id 0..1 string
  extension 0..* Extension
  status 1..1 code = additional,empty,extensions,generated
  div 1..1 xhtml
OperationOutcome
  id 0..1 string
  meta 0..1 Meta
  implicitRules 0..1 uri
  language 0..1 code
  text 0..1 Narrative
  contained 0..* Resource
  extension 0..* Extension
  modifierExtension 0..* Extension
  issue 1..* @OperationOutcome.issue
OperationOutcome.issue
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  severity 1..1 code = error,fatal,information,warning
  code 1..1 code = business-rule,code-invalid,conflict,deleted,duplicate,exception,expired,extension,forbidden,incomplete,informational,invalid,invariant,lock-error,login,multiple-matches,no-store,not-found,not-supported,processing,required,security,structure,suppressed,throttled,timeout,too-costly,too-long,transient,unknown,value
  details 0..1 CodeableConcept
  diagnostics 0..1 string
  location 0..* string
  expression 0..* string
ParameterDefinition
  id 0..1 string
  extension 0..* Extension
  name 0..1 code
  use 1..1 code = in,out
  min 0..1 integer
  max 0..1 string
  documentation 0..1 string
  type 1..1 code
  profile 0..1 canonical(StructureDefinition)
Period
  id 0..1 string
  extension 0..* Extension
  start 0..1 dateTime
  end 0..1 dateTime
Quantity
  id 0..1 string
  extension 0..* Extension
  value 0..1 decimal
  comparator 0..1 code = <,<=,>,>=
  unit 0..1 string
  system 0..1 uri
  code 0..1 code
Range
  id 0..1 string
  extension 0..* Extension
  low 0..1 Quantity
  high 0..1 Quantity
Ratio
  id 0..1 string
  extension 0..* Extension
  numerator 0..1 Quantity
  denominator 0..1 Quantity
Reference
  id 0..1 string
  extension 0..* Extension
  reference 0..1 string
  type 0..1 uri
  identifier 0..1 Identifier
  display 0..1 string
RelatedArtifact
  id 0..1 string
  extension 0..* Extension
  type 1..1 code = citation,composed-of,depends-on,derived-from,documentation,justification,predecessor,successor
  label 0..1 string
  display 0..1 string
  citation 0..1 markdown
  url 0..1 url
  document 0..1 Attachment
  resource 0..1 canonical
SampledData
  id 0..1 string
  extension 0..* Extension
  origin 1..1 Quantity
  period 1..1 decimal
  factor 0..1 decimal
  lowerLimit 0..1 decimal
  upperLimit 0..1 decimal
  dimensions 1..1 positiveInt
  data 0..1 string
Signature
  id 0..1 string
  extension 0..* Extension
  type 1..* Coding
  when 1..1 instant
  who 1..1 Reference(Practitioner,PractitionerRole,RelatedPerson,Patient,Device,Organization)
  onBehalfOf 0..1 Reference(Practitioner,PractitionerRole,RelatedPerson,Patient,Device,Organization)
  targetFormat 0..1 code
  sigFormat 0..1 code
  data 0..1 base64Binary
Task
  id 0..1 string
  meta 0..1 Meta
  implicitRules 0..1 uri
  language 0..1 code
  text 0..1 Narrative
  contained 0..* Resource
  extension 0..* Extension
  modifierExtension 0..* Extension
  identifier 0..* Identifier
  instantiatesCanonical 0..1 canonical(ActivityDefinition)
  instantiatesUri 0..1 uri
  basedOn 0..* Reference
  groupIdentifier 0..1 Identifier
  partOf 0..* Reference(Task)
  status 1..1 code = accepted,cancelled,completed,draft,entered-in-error,failed,in-progress,on-hold,ready,received,rejected,requested
  statusReason 0..1 CodeableConcept
  businessStatus 0..1 CodeableConcept
  intent 1..1 code = filler-order,instance-order,option,order,original-order,plan,proposal,reflex-order,unknown
  priority 0..1 code = asap,routine,stat,urgent
  code 0..1 CodeableConcept
  description 0..1 string
  focus 0..1 Reference
  for 0..1 Reference
  encounter 0..1 Reference(Encounter)
  executionPeriod 0..1 Period
  authoredOn 0..1 dateTime
  lastModified 0..1 dateTime
  requester 0..1 Reference(Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson)
  performerType 0..* CodeableConcept
  owner 0..1 Reference(Practitioner,PractitionerRole,Organization,CareTeam,HealthcareService,Patient,Device,RelatedPerson)
  location 0..1 Reference(Location)
  reasonCode 0..1 CodeableConcept
  reasonReference 0..1 Reference
  insurance 0..* Reference(Coverage,ClaimResponse)
  note 0..* Annotation
  relevantHistory 0..* Reference(Provenance)
  restriction 0..1 @Task.restriction
  input 0..* @Task.input
  output 0..* @Task.output
Task.input
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  type 1..1 CodeableConcept
  value[x] 1..1 base64Binary|boolean|canonical|code|date|dateTime|decimal|id|instant|integer|markdown|oid|positiveInt|string|time|unsignedInt|uri|url|uuid|Address|Age|Annotation|Attachment|CodeableConcept|Coding|ContactPoint|Count|Distance|Duration|HumanName|Identifier|Money|Period|Quantity|Range|Ratio|Reference|SampledData|Signature|Timing|ContactDetail|Contributor|DataRequirement|Expression|ParameterDefinition|RelatedArtifact|TriggerDefinition|UsageContext|Dosage|Meta
Task.output
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  type 1..1 CodeableConcept
  value[x] 1..1 base64Binary|boolean|canonical|code|date|dateTime|decimal|id|instant|integer|markdown|oid|positiveInt|string|time|unsignedInt|uri|url|uuid|Address|Age|Annotation|Attachment|CodeableConcept|Coding|ContactPoint|Count|Distance|Duration|HumanName|Identifier|Money|Period|Quantity|Range|Ratio|Reference|SampledData|Signature|Timing|ContactDetail|Contributor|DataRequirement|Expression|ParameterDefinition|RelatedArtifact|TriggerDefinition|UsageContext|Dosage|Meta
Task.restriction
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  repetitions 0..1 positiveInt
  period 0..1 Period
  recipient 0..* Reference(Patient,Practitioner,PractitionerRole,RelatedPerson,Group,Organization)
Timing
  id 0..1 string
  extension 0..* Extension
  modifierExtension 0..* Extension
  event 0..* dateTime
  repeat 0..1 @Timing.repeat
  code 0..1 CodeableConcept
Timing.repeat
  id 0..1 string
  extension 0..* Extension
  bounds[x] 0..1 Duration|Range|Period
  count 0..1 positiveInt
  countMax 0..1 positiveInt
  duration 0..1 decimal
  durationMax 0..1 decimal
  durationUnit 0..1 code = a,d,h,min,mo,s,wk
  frequency 0..1 positiveInt
  frequencyMax 0..1 positiveInt
  period 0..1 decimal
  periodMax 0..1 decimal
  periodUnit 0..1 code = a,d,h,min,mo,s,wk
  dayOfWeek 0..* code = fri,mon,sat,sun,thu,tue,wed
  timeOfDay 0..* time
  when 0..* code = AC,ACD,ACM,ACV,AFT,AFT.early,AFT.late,C,CD,CM,CV,EVE,EVE.early,EVE.late,HS,MORN,MORN.early,MORN.late,NIGHT,NOON,PC,PCD,PCM,PCV,PHS,WAKE
  offset 0..1 unsignedInt
TriggerDefinition
  id 0..1 string
  extension 0..* Extension
  type 1..1 code = data-access-ended,data-accessed,data-added,data-changed,data-modified,data-removed,named-event,periodic
  name 0..1 string
  timing[x] 0..1 Timing|Reference(Schedule)|date|dateTime
  data 0..* DataRequirement
  condition 0..1 Expression
UsageContext
  id 0..1 string
  extension 0..* Extension
  code 1..1 Coding
  value[x] 1..1 CodeableConcept|Quantity|Range|Reference(PlanDefinition,ResearchStudy,InsurancePlan,HealthcareService,Group,Location,Organization)
`;
