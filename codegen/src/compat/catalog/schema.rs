//! Rules about schemas: one row for each kind of change, one id for each place where it can happen.
//!
//! The level follows from the direction: where others send, a narrower schema breaks them; where others read, a
//! wider one does.

use super::{ChangeRule, Level};
use crate::inclusion::{Effect, Form, Kind};

/// Where a schema is used, which says who sends and who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SchemaUse {
    /// The whole body of a request.
    RequestBody,
    /// Something in the body of a request.
    RequestProperty,
    /// A parameter of a request.
    RequestParameter,
    /// The whole body of a response.
    ResponseBody,
    /// Something in the body of a response.
    ResponseProperty,
    /// A header of a response.
    ResponseHeader,
    /// The payload of an event that a service sends.
    SentEvent,
    /// The payload of an event that a service receives.
    ReceivedEvent,
    /// An item that is stored in a table.
    StoredItem,
}

impl SchemaUse {
    /// All places, in the order of the id lists below.
    const ALL: [Self; 9] = [
        Self::RequestBody,
        Self::RequestProperty,
        Self::RequestParameter,
        Self::ResponseBody,
        Self::ResponseProperty,
        Self::ResponseHeader,
        Self::SentEvent,
        Self::ReceivedEvent,
        Self::StoredItem,
    ];

    /// Whether the other side writes the value, so that a narrower schema breaks it. What is stored already was
    /// written under the old contract and is read under the new one.
    #[must_use]
    pub fn others_write(self) -> bool {
        !matches!(
            self,
            Self::ResponseBody | Self::ResponseProperty | Self::ResponseHeader | Self::SentEvent
        )
    }

    /// Whose words fit what an object within has: a parameter or a header may be one.
    fn around(self) -> Option<Self> {
        match self {
            Self::RequestParameter => Some(Self::RequestProperty),
            Self::ResponseHeader => Some(Self::ResponseProperty),
            _ => None,
        }
    }

    /// The form in which values travel there.
    pub(in crate::compat) fn form(self) -> Form {
        match self {
            Self::RequestParameter | Self::ResponseHeader => Form::Text,
            Self::StoredItem => Form::Stored,
            _ => Form::Json,
        }
    }

    /// Whether it is the payload of an event.
    #[must_use]
    pub fn is_event(self) -> bool {
        matches!(self, Self::SentEvent | Self::ReceivedEvent)
    }

    /// Who notices a change for the worse; `{values}` is the kind's.
    fn affected(self) -> &'static str {
        match self {
            Self::RequestBody | Self::RequestProperty | Self::RequestParameter => {
                "clients that send {values}"
            }
            Self::ResponseBody | Self::ResponseProperty | Self::ResponseHeader => {
                "clients that read the response, which may now contain {values}"
            }
            Self::SentEvent => "receivers, which may now get {values}",
            Self::ReceivedEvent => "senders of {values}, whose events end in the dead-letter queue",
            Self::StoredItem => "stored items with {values}, which can no longer be read",
        }
    }

    /// Who had better know of a change that breaks nobody.
    fn concerned(self) -> &'static str {
        match self {
            Self::ReceivedEvent => "senders of {values}",
            Self::StoredItem => "stored items with {values}",
            other => other.affected(),
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::RequestBody | Self::RequestProperty | Self::RequestParameter => {
                "keep accepting the old values, or add a second operation and deprecate this one with `deprecated: true` and `x-sunset`"
            }
            Self::ResponseBody | Self::ResponseProperty | Self::ResponseHeader => {
                "keep returning responses that match the old contract, or add a second operation and deprecate this one with `deprecated: true` and `x-sunset`"
            }
            Self::SentEvent => {
                "send a second version of the message as well (another `version`) until every receiver accepts it"
            }
            Self::ReceivedEvent => {
                "accept a second version of the message as well until no service sends the old one"
            }
            Self::StoredItem => {
                "keep reading stored items: make the change optional, or migrate the items first"
            }
        }
    }
}

type Ids = [Option<&'static str>; 9];

/// The same suffix at every place.
macro_rules! everywhere {
    ($suffix:literal) => {
        [
            Some(concat!("request-body-", $suffix)),
            Some(concat!("request-property-", $suffix)),
            Some(concat!("request-parameter-", $suffix)),
            Some(concat!("response-body-", $suffix)),
            Some(concat!("response-property-", $suffix)),
            Some(concat!("response-header-", $suffix)),
            Some(concat!("sent-event-", $suffix)),
            Some(concat!("received-event-", $suffix)),
            Some(concat!("stored-item-", $suffix)),
        ]
    };
}

/// The same suffix at every place that can hold a list; a header holds a scalar.
macro_rules! lists {
    ($suffix:literal) => {
        [
            Some(concat!("request-body-", $suffix)),
            Some(concat!("request-property-", $suffix)),
            Some(concat!("request-parameter-", $suffix)),
            Some(concat!("response-body-", $suffix)),
            Some(concat!("response-property-", $suffix)),
            None,
            Some(concat!("sent-event-", $suffix)),
            Some(concat!("received-event-", $suffix)),
            Some(concat!("stored-item-", $suffix)),
        ]
    };
}

/// The same suffix at every place that can hold an object or a union; parameters and headers take those of properties.
macro_rules! objects {
    ($suffix:literal) => {
        [
            Some(concat!("request-body-", $suffix)),
            Some(concat!("request-property-", $suffix)),
            None,
            Some(concat!("response-body-", $suffix)),
            Some(concat!("response-property-", $suffix)),
            None,
            Some(concat!("sent-event-", $suffix)),
            Some(concat!("received-event-", $suffix)),
            Some(concat!("stored-item-", $suffix)),
        ]
    };
}

/// An id each for a property of a request, a response, a sent event, a received event and a stored item; a
/// dash where the change means nothing there.
macro_rules! property {
    ($request:expr, $response:expr, $sent:expr, $received:expr, $stored:expr) => {
        [None, $request, None, None, $response, None, $sent, $received, $stored]
    };
}

/// The same suffix for a property at every place where somebody plans for its end.
macro_rules! sunsets {
    ($suffix:literal) => {
        property!(
            Some(concat!("request-property-", $suffix)),
            Some(concat!("response-property-", $suffix)),
            Some(concat!("sent-event-property-", $suffix)),
            Some(concat!("received-event-property-", $suffix)),
            None
        )
    };
}

/// The same without stored items, in which nothing is refused.
const fn unless_stored(mut ids: Ids) -> Ids {
    ids[8] = None;
    ids
}

/// Levels that do not follow from effect and direction: where others write, where others read.
type Levels = Option<(Level, Level)>;

struct Row {
    kind: Kind,
    ids: Ids,
    what: &'static str,
    /// The values that are concerned where others write, for "clients that send …".
    written: &'static str,
    /// The values that are concerned where others read, for "the answer, which may hold …".
    read: &'static str,
    levels: Levels,
}

const fn row(kind: Kind, ids: Ids, what: &'static str, values: &'static str) -> Row {
    Row { kind, ids, what, written: values, read: values, levels: None }
}

/// What readers find, where that is not what writers write.
const fn reading(mut row: Row, values: &'static str) -> Row {
    row.read = values;
    row
}

const fn with(mut row: Row, others_write: Level, others_read: Level) -> Row {
    row.levels = Some((others_write, others_read));
    row
}

use Effect::{Differs, Narrows, Neutral, Widens};
use Level::{Error, Info, Warning};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    reading(row(Kind::TypeChanged, everywhere!("type-changed"), "the type changed from {old} to {new}", "{old}"), "{new}"),
    row(Kind::TypeGeneralized, everywhere!("type-generalized"), "the type was widened from {old} to {new}", "{new}"),
    row(Kind::TypeSpecialized, everywhere!("type-specialized"), "the type was narrowed from {old} to {new}", "{old}"),
    with(row(Kind::DigitsLost, everywhere!("digits-lost"), "the type changed from {old} to {new}, which holds 15 digits", "numbers of more than 15 digits, which are rejected"), Warning, Info),
    row(Kind::FormatAdded, everywhere!("format-added"), "the format {new} was added", "strings that are not {new}"),
    row(Kind::FormatRemoved, everywhere!("format-removed"), "the format {old} was removed", "strings that are not {old}"),
    reading(row(Kind::FormatChanged, everywhere!("format-changed"), "the format changed from {old} to {new}", "{old}"), "{new}"),
    row(Kind::FormatGeneralized, everywhere!("format-generalized"), "the format changed from {old} to {new}, which allows more", "strings that are {new} only"),
    row(Kind::FormatSpecialized, everywhere!("format-specialized"), "the format changed from {old} to {new}, which allows less", "strings that are {old} only"),
    row(Kind::BecameNullable, objects!("became-nullable"), "`null` is now allowed", "`null`"),
    row(Kind::BecameNotNullable, objects!("became-not-nullable"), "`null` is no longer allowed", "`null`"),
    row(Kind::BecameEnum, everywhere!("became-enum"), "only {new} are now allowed", "other values"),
    row(Kind::BecameNotEnum, everywhere!("became-not-enum"), "values other than {old} are now allowed", "other values"),
    row(Kind::EnumValueAdded, everywhere!("enum-value-added"), "the value `{new}` was added", "`{new}`"),
    row(Kind::EnumValueRemoved, everywhere!("enum-value-removed"), "the value `{old}` was removed", "`{old}`"),
    row(Kind::MinLengthIncreased, everywhere!("min-length-increased"), "`minLength` was increased from {old} to {new}", "shorter strings"),
    row(Kind::MinLengthDecreased, everywhere!("min-length-decreased"), "`minLength` was decreased from {old} to {new}", "shorter strings"),
    row(Kind::MaxLengthSet, everywhere!("max-length-set"), "`maxLength` was set to {new}", "longer strings"),
    row(Kind::MaxLengthUnset, everywhere!("max-length-unset"), "`maxLength` {old} was removed", "longer strings"),
    row(Kind::MaxLengthIncreased, everywhere!("max-length-increased"), "`maxLength` was increased from {old} to {new}", "longer strings"),
    row(Kind::MaxLengthDecreased, everywhere!("max-length-decreased"), "`maxLength` was decreased from {old} to {new}", "longer strings"),
    row(Kind::PatternAdded, everywhere!("pattern-added"), "the pattern `{new}` was added", "strings that do not match it"),
    row(Kind::PatternRemoved, everywhere!("pattern-removed"), "the pattern `{old}` was removed", "strings that do not match it"),
    row(Kind::PatternChanged, everywhere!("pattern-changed"), "the pattern changed from `{old}` to `{new}`", "strings that match only one of the two"),
    row(Kind::PatternGeneralized, everywhere!("pattern-generalized"), "the pattern changed from `{old}` to `{new}`, which matches more", "strings that do not match the old pattern"),
    row(Kind::PatternSpecialized, everywhere!("pattern-specialized"), "the pattern changed from `{old}` to `{new}`, which matches less", "strings that match only the old pattern"),
    row(Kind::MinSet, everywhere!("min-set"), "`minimum` was set to {new}", "smaller numbers"),
    row(Kind::MinUnset, everywhere!("min-unset"), "`minimum` {old} was removed", "smaller numbers"),
    row(Kind::MinIncreased, everywhere!("min-increased"), "`minimum` was increased from {old} to {new}", "smaller numbers"),
    row(Kind::MinDecreased, everywhere!("min-decreased"), "`minimum` was decreased from {old} to {new}", "smaller numbers"),
    row(Kind::MaxSet, everywhere!("max-set"), "`maximum` was set to {new}", "larger numbers"),
    row(Kind::MaxUnset, everywhere!("max-unset"), "`maximum` {old} was removed", "larger numbers"),
    row(Kind::MaxIncreased, everywhere!("max-increased"), "`maximum` was increased from {old} to {new}", "larger numbers"),
    row(Kind::MaxDecreased, everywhere!("max-decreased"), "`maximum` was decreased from {old} to {new}", "larger numbers"),
    row(Kind::MultipleOfAdded, everywhere!("multiple-of-added"), "`multipleOf` was set to {new}", "numbers that are not multiples of {new}"),
    row(Kind::MultipleOfRemoved, everywhere!("multiple-of-removed"), "`multipleOf` {old} was removed", "numbers that are not multiples of {old}"),
    reading(row(Kind::MultipleOfChanged, everywhere!("multiple-of-changed"), "`multipleOf` changed from {old} to {new}", "multiples of {old} that are not multiples of {new}"), "multiples of {new} that are not multiples of {old}"),
    row(Kind::MultipleOfGeneralized, everywhere!("multiple-of-generalized"), "`multipleOf` changed from {old} to {new}, which divides it", "numbers that are not multiples of {old}"),
    row(Kind::MultipleOfSpecialized, everywhere!("multiple-of-specialized"), "`multipleOf` changed from {old} to its multiple {new}", "numbers that are not multiples of {new}"),
    row(Kind::MinItemsIncreased, lists!("min-items-increased"), "`minItems` was increased from {old} to {new}", "shorter arrays"),
    row(Kind::MinItemsDecreased, lists!("min-items-decreased"), "`minItems` was decreased from {old} to {new}", "shorter arrays"),
    row(Kind::MaxItemsSet, lists!("max-items-set"), "`maxItems` was set to {new}", "longer arrays"),
    row(Kind::MaxItemsUnset, lists!("max-items-unset"), "`maxItems` {old} was removed", "longer arrays"),
    row(Kind::MaxItemsIncreased, lists!("max-items-increased"), "`maxItems` was increased from {old} to {new}", "longer arrays"),
    row(Kind::MaxItemsDecreased, lists!("max-items-decreased"), "`maxItems` was decreased from {old} to {new}", "longer arrays"),
    row(Kind::UniqueItemsAdded, lists!("unique-items-added"), "items must now be unique", "duplicate items"),
    row(Kind::UniqueItemsRemoved, lists!("unique-items-removed"), "items no longer have to be unique", "duplicate items"),
    row(Kind::MinPropertiesIncreased, objects!("min-properties-increased"), "`minProperties` was increased from {old} to {new}", "objects with fewer properties"),
    row(Kind::MinPropertiesDecreased, objects!("min-properties-decreased"), "`minProperties` was decreased from {old} to {new}", "objects with fewer properties"),
    row(Kind::MaxPropertiesSet, objects!("max-properties-set"), "`maxProperties` was set to {new}", "objects with more properties"),
    row(Kind::MaxPropertiesUnset, objects!("max-properties-unset"), "`maxProperties` {old} was removed", "objects with more properties"),
    row(Kind::MaxPropertiesIncreased, objects!("max-properties-increased"), "`maxProperties` was increased from {old} to {new}", "objects with more properties"),
    row(Kind::MaxPropertiesDecreased, objects!("max-properties-decreased"), "`maxProperties` was decreased from {old} to {new}", "objects with more properties"),
    row(Kind::AdditionalRefused, unless_stored(objects!("additional-properties-refused")), "additional properties are now refused", "additional properties"),
    row(Kind::AdditionalRestricted, objects!("additional-properties-restricted"), "additional properties must now be of type {new}", "additional properties of another type"),
    row(Kind::AdditionalAllowed, objects!("additional-properties-allowed"), "more additional properties are now accepted", "additional properties"),
    row(Kind::RequiredPropertyAdded, 
        property!(Some("new-required-request-property"), Some("response-required-property-added"), Some("sent-event-required-property-added"), Some("new-required-received-event-property"), Some("new-required-stored-item-property")),
        "the required property `{new}` was added", "no `{new}`"),
    row(Kind::OptionalPropertyAdded, 
        property!(Some("new-optional-request-property"), Some("response-optional-property-added"), Some("sent-event-optional-property-added"), Some("new-optional-received-event-property"), Some("new-optional-stored-item-property")),
        "the optional property `{new}` was added", ""),
    row(Kind::PropertyAddedToClosed, 
        property!(None, Some("response-property-added-to-closed-object"), Some("sent-event-property-added-to-closed-object"), None, None),
        "`{new}` was added to an object that did not allow additional properties", "`{new}`, which the old contract forbids (`additionalProperties: false`)"),
    with(reading(row(Kind::RequiredPropertyRemoved, 
        property!(Some("request-property-removed"), Some("response-required-property-removed"), Some("sent-event-required-property-removed"), Some("received-event-property-removed"), Some("stored-item-property-removed")),
        "the required property `{old}` was removed", "`{old}`, which is no longer in the contract"), "no `{old}`"), Warning, Error),
    with(reading(row(Kind::OptionalPropertyRemoved, 
        property!(Some("request-property-removed"), Some("response-optional-property-removed"), Some("sent-event-optional-property-removed"), Some("received-event-property-removed"), Some("stored-item-property-removed")),
        "the property `{old}` was removed", "`{old}`, which is no longer in the contract"), "no `{old}`"), Warning, Warning),
    row(Kind::PropertyOnlyRequired, 
        property!(Some("request-property-only-required"), Some("response-property-only-required"), Some("sent-event-property-only-required"), Some("received-event-property-only-required"), Some("stored-item-property-only-required")),
        "the property `{old}` was removed, but is still in `required`: it must be there and can hold anything", "other values in `{old}`"),
    reading(row(Kind::RequiredPropertyRefused, 
        property!(Some("request-property-refused"), Some("response-required-property-removed"), Some("sent-event-required-property-removed"), Some("received-event-property-refused"), None),
        "the required property `{old}` was removed", "`{old}`"), "no `{old}`"),
    with(reading(row(Kind::OptionalPropertyRefused, 
        property!(Some("request-property-refused"), Some("response-optional-property-removed"), Some("sent-event-optional-property-removed"), Some("received-event-property-refused"), None),
        "the property `{old}` was removed", "`{old}`"), "no `{old}`"), Error, Warning),
    with(row(Kind::PropertyRemovedWithDeprecation, 
        property!(Some("request-property-removed-with-deprecation"), Some("response-property-removed-with-deprecation"), Some("sent-event-property-removed-with-deprecation"), Some("received-event-property-removed-with-deprecation"), Some("stored-item-property-removed-with-deprecation")),
        "the property `{old}` was removed after its sunset on {new}", ""), Info, Info),
    with(reading(row(Kind::PropertyRemovedBeforeSunset, 
        property!(Some("request-property-removed-before-sunset"), Some("response-property-removed-before-sunset"), Some("sent-event-property-removed-before-sunset"), Some("received-event-property-removed-before-sunset"), Some("stored-item-property-removed-before-sunset")),
        "the property `{old}` was removed before its sunset on {new}", "`{old}`"), "no `{old}`"), Error, Error),
    row(Kind::PropertyBecameRequired, 
        property!(Some("request-property-became-required"), Some("response-property-became-required"), Some("sent-event-property-became-required"), Some("received-event-property-became-required"), Some("stored-item-property-became-required")),
        "`{new}` became required", "no `{new}`"),
    row(Kind::PropertyBecameOptional, 
        property!(Some("request-property-became-optional"), Some("response-property-became-optional"), Some("sent-event-property-became-optional"), Some("received-event-property-became-optional"), Some("stored-item-property-became-optional")),
        "`{new}` became optional", "no `{new}`"),
    with(row(Kind::PropertyBecameReadOnly, 
        property!(Some("request-property-became-read-only"), None, None, None, None),
        "`{new}` is now read-only: it is accepted and ignored", "`{new}`, which is now ignored"), Warning, Info),
    with(row(Kind::PropertyBecameNotReadOnly, 
        property!(Some("request-property-became-not-read-only"), None, None, None, None),
        "`{new}` was read-only and ignored, and is now validated and used", "`{new}` as they read it"), Warning, Info),
    row(Kind::PropertyDeprecated, 
        property!(Some("request-property-deprecated"), Some("response-property-deprecated"), Some("sent-event-property-deprecated"), Some("received-event-property-deprecated"), None),
        "`{old}` was deprecated{new}", ""),
    with(row(Kind::PropertySunsetLate, sunsets!("sunset-date-too-small"),
        "the sunset {new} of the property is before {old}, the earliest possible date", "the property"), Error, Error),
    with(row(Kind::PropertySunsetEarlier, sunsets!("sunset-date-changed-too-small"),
        "the sunset of the property was moved forward from {old} to {new}", "the property"), Error, Error),
    with(row(Kind::PropertySunsetDeleted, sunsets!("sunset-deleted"),
        "the sunset {old} of the property was removed, but it is still deprecated", "the property"), Error, Error),
    with(row(Kind::PropertySunsetUnreadable, sunsets!("deprecated-sunset-parse"),
        "the sunset `{new}` of the property is not a date", "the property"), Error, Error),
    row(Kind::PropertyReactivated, 
        property!(Some("request-property-reactivated"), Some("response-property-reactivated"), Some("sent-event-property-reactivated"), Some("received-event-property-reactivated"), None),
        "`{new}` is no longer deprecated", ""),
    with(row(Kind::PropertyBecameNotSensitive, 
        property!(Some("request-property-became-not-sensitive"), Some("response-property-became-not-sensitive"), Some("sent-event-property-became-not-sensitive"), Some("received-event-property-became-not-sensitive"), Some("stored-item-property-became-not-sensitive")),
        "`{new}` is no longer sensitive, so it may be logged", "`{new}`"), Warning, Warning),
    with(row(Kind::MeaningChanged, 
        property!(Some("request-property-meaning-changed"), Some("response-property-meaning-changed"), Some("sent-event-property-meaning-changed"), Some("received-event-property-meaning-changed"), Some("stored-item-property-meaning-changed")),
        "the contract says {new} of the meaning of the value, before {old}; nothing checks this", "values that only one of the two describes"), Warning, Warning),
    row(Kind::DefaultAdded, 
        property!(Some("request-property-default-value-added"), Some("response-property-default-value-added"), Some("sent-event-default-value-added"), Some("received-event-default-value-added"), Some("stored-item-default-value-added")),
        "the default {new} was added", ""),
    with(row(Kind::DefaultChanged, 
        property!(Some("request-property-default-value-changed"), Some("response-property-default-value-changed"), Some("sent-event-default-value-changed"), Some("received-event-default-value-changed"), Some("stored-item-default-value-changed")),
        "the default changed from {old} to {new}", "no value, and rely on {old}"), Warning, Info),
    with(row(Kind::DefaultRemoved, 
        property!(Some("request-property-default-value-removed"), Some("response-property-default-value-removed"), Some("sent-event-default-value-removed"), Some("received-event-default-value-removed"), Some("stored-item-default-value-removed")),
        "the default {old} was removed", "no value, and rely on {old}"), Warning, Info),
    row(Kind::OneOfAdded, objects!("one-of-added"), "`{new}` was added to `oneOf`", "`{new}`"),
    row(Kind::OneOfRemoved, objects!("one-of-removed"), "`{old}` was removed from `oneOf`", "`{old}`"),
    row(Kind::AnyOfAdded, objects!("any-of-added"), "`{new}` was added to `anyOf`", "`{new}`"),
    row(Kind::AnyOfRemoved, objects!("any-of-removed"), "`{old}` was removed from `anyOf`", "`{old}`"),
    row(Kind::OneOfOverlapChanged, objects!("one-of-overlap-changed"), "alternatives of `oneOf` that may overlap changed, so a value may match none or two", "values that match more than one alternative"),
    row(Kind::OneOfBecameAnyOf, objects!("one-of-became-any-of"), "`oneOf` became `anyOf`", "values that match more than one alternative"),
    row(Kind::AnyOfBecameOneOf, objects!("any-of-became-one-of"), "`anyOf` became `oneOf`", "values that match more than one alternative"),
    row(Kind::WrappedInOneOf, objects!("wrapped-in-one-of"), "the schema now has several alternatives", "another alternative"),
    row(Kind::UnwrappedOneOf, objects!("one-of-unwrapped"), "the schema no longer has alternatives", "another alternative"),
    reading(row(Kind::DiscriminatorAdded, objects!("discriminator-added"), "the discriminator `{new}` was added", "no `{new}`"), "values distinguished by `{new}`"),
    reading(row(Kind::DiscriminatorRemoved, objects!("discriminator-removed"), "the discriminator `{old}` was removed", "values that match more than one alternative"), "values not distinguished by `{old}`"),
    reading(row(Kind::DiscriminatorPropertyChanged, objects!("discriminator-property-name-changed"), "the discriminator changed from `{old}` to `{new}`", "`{old}` as discriminator"), "values distinguished by `{new}`"),
    row(Kind::ChecksNarrowed, objects!("checks-narrowed"), "the validation beyond the type ({new}) accepts less than before", "values that only the old contract accepts"),
    row(Kind::ChecksWidened, objects!("checks-widened"), "the validation beyond the type ({new}) accepts more than before", "values that only the new contract accepts"),
    row(Kind::ChecksChanged, objects!("checks-changed"), "the validation beyond the type ({new}) changed; whether it accepts more or less is unknown", "values that only one of the two accepts"),
];

/// A rule about a schema, and the words for the values that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchemaRule {
    /// The rule; `{values}` in its words stands for the values that are concerned.
    pub rule: ChangeRule,
    /// Those values.
    pub values: &'static str,
    /// What the change does to the set of values.
    pub effect: Effect,
}

/// The rule for a kind of change at a place; none where the change means nothing.
#[must_use]
pub fn schema_rule(place: SchemaUse, kind: Kind) -> Option<SchemaRule> {
    ROWS.iter().find(|row| row.kind == kind).and_then(|row| make(row, place))
}

/// Every kind of change, in the order of the catalogue.
pub fn kinds() -> impl Iterator<Item = Kind> {
    ROWS.iter().map(|row| row.kind)
}

pub(super) fn all() -> impl Iterator<Item = ChangeRule> {
    let at = |row| SchemaUse::ALL.iter().filter_map(move |place| make(row, *place));
    ROWS.iter().flat_map(at).map(|made| made.rule)
}

fn make(row: &Row, place: SchemaUse) -> Option<SchemaRule> {
    let id = |place: SchemaUse| row.ids[SchemaUse::ALL.iter().position(|each| *each == place)?];
    let id = id(place).or_else(|| id(place.around()?))?;
    let level = level(row, place.others_write());
    let (affected, help) = match level {
        Info => ("", ""),
        Warning => (place.concerned(), place.help()),
        Error => (place.affected(), place.help()),
    };
    let values = if place.others_write() { row.written } else { row.read };
    let rule = ChangeRule { id, level, what: row.what, affected, help };
    Some(SchemaRule { rule, values, effect: row.kind.effect() })
}

fn level(row: &Row, others_write: bool) -> Level {
    match (row.levels, row.kind.effect(), others_write) {
        (Some((level, _)), _, true) | (Some((_, level)), _, false) => level,
        (None, Differs, _) | (None, Narrows, true) | (None, Widens, false) => Error,
        (None, Neutral | Narrows | Widens, _) => Info,
    }
}
