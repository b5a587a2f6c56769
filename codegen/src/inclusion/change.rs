//! Atomic changes of a schema, and what each does to the set of values that the schema allows.
//!
//! Owns the vocabulary between the walker, which finds changes without knowing who sends and who reads, and the
//! catalogue, which knows what a change means at a place. Judges nothing.

use crate::model::Deprecation;
use crate::source::Span;
use std::fmt::Display;

use super::walk::Here;

/// What a change does to the set of values that a schema allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Fewer values than before.
    Narrows,
    /// More values than before.
    Widens,
    /// Other values than before: some are new, some are gone, or nobody can tell.
    Differs,
    /// The same values, with another meaning or another fate.
    Neutral,
}

/// One change of a schema, in words of the schema alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What happened.
    pub kind: Kind,
    /// Where below the schema that was compared: `/items/*/price`; empty for the schema itself.
    pub path: String,
    /// The value before, where the kind has one.
    pub old: String,
    /// The value after, where the kind has one.
    pub new: String,
    /// The place in the old contracts.
    pub old_span: Span,
    /// The place in the new contracts; of the parent, where the thing itself is gone.
    pub new_span: Span,
    /// How many further paths below the same schema lead to the same change.
    pub also: usize,
    /// For a property: what the old and the new contract say of its end. A property that is gone has no new one.
    pub ends: [Option<Deprecation>; 2],
}

impl Change {
    /// A change at the schema that was compared itself.
    pub(crate) fn of(kind: Kind, here: Here, old: impl Display, new: impl Display) -> Self {
        Self {
            kind,
            path: String::new(),
            old: old.to_string(),
            new: new.to_string(),
            old_span: here.old,
            new_span: here.new,
            also: 0,
            ends: [None, None],
        }
    }
}

/// The kinds of change. What each means stands in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the catalogue says of each what it means and whom it affects")]
pub enum Kind {
    TypeChanged,
    TypeGeneralized,
    TypeSpecialized,
    DigitsLost,
    FormatAdded,
    FormatRemoved,
    FormatChanged,
    FormatGeneralized,
    FormatSpecialized,
    BecameNullable,
    BecameNotNullable,
    BecameEnum,
    BecameNotEnum,
    EnumValueAdded,
    EnumValueRemoved,
    MinLengthIncreased,
    MinLengthDecreased,
    MaxLengthSet,
    MaxLengthUnset,
    MaxLengthIncreased,
    MaxLengthDecreased,
    PatternAdded,
    PatternRemoved,
    PatternChanged,
    PatternGeneralized,
    PatternSpecialized,
    MinSet,
    MinUnset,
    MinIncreased,
    MinDecreased,
    MaxSet,
    MaxUnset,
    MaxIncreased,
    MaxDecreased,
    MultipleOfAdded,
    MultipleOfRemoved,
    MultipleOfChanged,
    MultipleOfGeneralized,
    MultipleOfSpecialized,
    MinItemsIncreased,
    MinItemsDecreased,
    MaxItemsSet,
    MaxItemsUnset,
    MaxItemsIncreased,
    MaxItemsDecreased,
    UniqueItemsAdded,
    UniqueItemsRemoved,
    MinPropertiesIncreased,
    MinPropertiesDecreased,
    MaxPropertiesSet,
    MaxPropertiesUnset,
    MaxPropertiesIncreased,
    MaxPropertiesDecreased,
    AdditionalRefused,
    AdditionalRestricted,
    AdditionalAllowed,
    RequiredPropertyAdded,
    OptionalPropertyAdded,
    PropertyAddedToClosed,
    RequiredPropertyRemoved,
    OptionalPropertyRemoved,
    PropertyOnlyRequired,
    RequiredPropertyRefused,
    OptionalPropertyRefused,
    PropertyRemovedWithDeprecation,
    PropertyRemovedBeforeSunset,
    PropertyBecameRequired,
    PropertyBecameOptional,
    PropertyBecameReadOnly,
    PropertyBecameNotReadOnly,
    PropertyDeprecated,
    PropertySunsetLate,
    PropertySunsetEarlier,
    PropertySunsetDeleted,
    PropertySunsetUnreadable,
    PropertyReactivated,
    PropertyBecameNotSensitive,
    MeaningChanged,
    DefaultAdded,
    DefaultChanged,
    DefaultRemoved,
    OneOfAdded,
    OneOfRemoved,
    AnyOfAdded,
    AnyOfRemoved,
    OneOfOverlapChanged,
    OneOfBecameAnyOf,
    AnyOfBecameOneOf,
    WrappedInOneOf,
    UnwrappedOneOf,
    DiscriminatorAdded,
    DiscriminatorRemoved,
    DiscriminatorPropertyChanged,
    ChecksNarrowed,
    ChecksWidened,
    ChecksChanged,
}

impl Kind {
    /// What a kind of change does to the set of values.
    #[must_use]
    pub fn effect(self) -> Effect {
        match self {
            Self::TypeSpecialized
            | Self::FormatAdded
            | Self::BecameNotNullable
            | Self::BecameEnum
            | Self::EnumValueRemoved
            | Self::MinLengthIncreased
            | Self::MaxLengthSet
            | Self::MaxLengthDecreased
            | Self::PatternAdded
            | Self::PatternSpecialized
            | Self::MinSet
            | Self::MinIncreased
            | Self::MaxSet
            | Self::MaxDecreased
            | Self::MultipleOfAdded
            | Self::MultipleOfSpecialized
            | Self::MinItemsIncreased
            | Self::MaxItemsSet
            | Self::MaxItemsDecreased
            | Self::UniqueItemsAdded
            | Self::MinPropertiesIncreased
            | Self::MaxPropertiesSet
            | Self::MaxPropertiesDecreased
            | Self::AdditionalRefused
            | Self::AdditionalRestricted
            | Self::RequiredPropertyAdded
            | Self::OptionalPropertyRefused
            | Self::PropertyBecameRequired
            | Self::PropertyBecameNotReadOnly
            | Self::OneOfRemoved
            | Self::AnyOfRemoved
            | Self::AnyOfBecameOneOf
            | Self::UnwrappedOneOf
            | Self::ChecksNarrowed
            | Self::FormatSpecialized => Effect::Narrows,
            Self::TypeGeneralized
            | Self::FormatRemoved
            | Self::BecameNullable
            | Self::BecameNotEnum
            | Self::EnumValueAdded
            | Self::MinLengthDecreased
            | Self::MaxLengthUnset
            | Self::MaxLengthIncreased
            | Self::PatternRemoved
            | Self::PatternGeneralized
            | Self::MinUnset
            | Self::MinDecreased
            | Self::MaxUnset
            | Self::MaxIncreased
            | Self::MultipleOfRemoved
            | Self::MultipleOfGeneralized
            | Self::MinItemsDecreased
            | Self::MaxItemsUnset
            | Self::MaxItemsIncreased
            | Self::UniqueItemsRemoved
            | Self::MinPropertiesDecreased
            | Self::MaxPropertiesUnset
            | Self::MaxPropertiesIncreased
            | Self::AdditionalAllowed
            | Self::PropertyAddedToClosed
            | Self::RequiredPropertyRemoved
            | Self::PropertyOnlyRequired
            | Self::PropertyBecameOptional
            | Self::OneOfAdded
            | Self::AnyOfAdded
            | Self::OneOfBecameAnyOf
            | Self::WrappedInOneOf
            | Self::ChecksWidened
            | Self::FormatGeneralized => Effect::Widens,
            Self::TypeChanged
            | Self::FormatChanged
            | Self::PatternChanged
            | Self::MultipleOfChanged
            | Self::RequiredPropertyRefused
            | Self::PropertyRemovedBeforeSunset
            | Self::OneOfOverlapChanged
            | Self::DiscriminatorAdded
            | Self::DiscriminatorRemoved
            | Self::DiscriminatorPropertyChanged
            | Self::ChecksChanged => Effect::Differs,
            Self::OptionalPropertyAdded
            | Self::OptionalPropertyRemoved
            | Self::PropertyRemovedWithDeprecation
            | Self::PropertyBecameReadOnly
            | Self::PropertyDeprecated
            | Self::PropertySunsetLate
            | Self::PropertySunsetEarlier
            | Self::PropertySunsetDeleted
            | Self::PropertySunsetUnreadable
            | Self::PropertyReactivated
            | Self::PropertyBecameNotSensitive
            | Self::MeaningChanged
            | Self::DefaultAdded
            | Self::DefaultChanged
            | Self::DefaultRemoved
            | Self::DigitsLost => Effect::Neutral,
        }
    }

    /// Whether a change of this kind may take values away: some that the old type had are none of the new one's, or
    /// nobody can tell.
    #[must_use]
    pub fn may_lose(self) -> bool {
        matches!(self.effect(), Effect::Narrows | Effect::Differs)
    }

    /// Whether a change of this kind may add values.
    #[must_use]
    pub fn may_gain(self) -> bool {
        matches!(self.effect(), Effect::Widens | Effect::Differs)
    }

    /// Whether a property is gone, so that a declared end may make the change a planned one.
    #[must_use]
    pub fn is_removal(self) -> bool {
        matches!(
            self,
            Self::RequiredPropertyRemoved
                | Self::OptionalPropertyRemoved
                | Self::RequiredPropertyRefused
                | Self::OptionalPropertyRefused
        )
    }

    /// The keyword of the contract that says it; empty where no single one does.
    #[must_use]
    pub(crate) fn keyword(self) -> &'static str {
        match self {
            Self::TypeChanged | Self::TypeGeneralized | Self::TypeSpecialized => "type",
            Self::DigitsLost => "type",
            Self::FormatAdded | Self::FormatRemoved | Self::FormatChanged => "format",
            Self::FormatGeneralized | Self::FormatSpecialized => "format",
            Self::BecameNullable | Self::BecameNotNullable => "nullable",
            Self::BecameEnum | Self::BecameNotEnum => "enum",
            Self::EnumValueAdded | Self::EnumValueRemoved => "enum",
            Self::MinLengthIncreased | Self::MinLengthDecreased => "minLength",
            Self::MaxLengthSet | Self::MaxLengthUnset => "maxLength",
            Self::MaxLengthIncreased | Self::MaxLengthDecreased => "maxLength",
            Self::PatternAdded | Self::PatternRemoved => "pattern",
            Self::PatternChanged | Self::PatternGeneralized | Self::PatternSpecialized => "pattern",
            Self::MinSet | Self::MinUnset | Self::MinIncreased | Self::MinDecreased => "minimum",
            Self::MaxSet | Self::MaxUnset | Self::MaxIncreased | Self::MaxDecreased => "maximum",
            Self::MultipleOfAdded | Self::MultipleOfRemoved | Self::MultipleOfChanged => {
                "multipleOf"
            }
            Self::MultipleOfGeneralized | Self::MultipleOfSpecialized => "multipleOf",
            Self::MinItemsIncreased | Self::MinItemsDecreased => "minItems",
            Self::MaxItemsSet | Self::MaxItemsUnset => "maxItems",
            Self::MaxItemsIncreased | Self::MaxItemsDecreased => "maxItems",
            Self::UniqueItemsAdded | Self::UniqueItemsRemoved => "uniqueItems",
            Self::MinPropertiesIncreased | Self::MinPropertiesDecreased => "minProperties",
            Self::MaxPropertiesSet | Self::MaxPropertiesUnset => "maxProperties",
            Self::MaxPropertiesIncreased | Self::MaxPropertiesDecreased => "maxProperties",
            Self::AdditionalRefused | Self::AdditionalRestricted => "additionalProperties",
            Self::AdditionalAllowed => "additionalProperties",
            Self::PropertyBecameReadOnly | Self::PropertyBecameNotReadOnly => "readOnly",
            Self::PropertyDeprecated | Self::PropertyReactivated => "deprecated",
            Self::PropertySunsetLate | Self::PropertySunsetEarlier => "x-sunset",
            Self::PropertySunsetUnreadable => "x-sunset",
            Self::PropertySunsetDeleted => "deprecated",
            Self::PropertyBecameNotSensitive => "x-sensitive",
            Self::DefaultAdded | Self::DefaultChanged | Self::DefaultRemoved => "default",
            Self::OneOfAdded | Self::OneOfRemoved | Self::OneOfOverlapChanged => "oneOf",
            Self::AnyOfAdded | Self::AnyOfRemoved | Self::OneOfBecameAnyOf => "anyOf",
            Self::AnyOfBecameOneOf | Self::WrappedInOneOf | Self::UnwrappedOneOf => "oneOf",
            Self::DiscriminatorAdded | Self::DiscriminatorRemoved => "discriminator",
            Self::DiscriminatorPropertyChanged => "discriminator",
            _ => "",
        }
    }

    /// Whether exactly the same values fit as before.
    #[must_use]
    pub(crate) fn keeps_values(self) -> bool {
        matches!(
            self,
            Self::DefaultAdded
                | Self::DefaultChanged
                | Self::DefaultRemoved
                | Self::PropertyDeprecated
                | Self::PropertySunsetLate
                | Self::PropertySunsetEarlier
                | Self::PropertySunsetDeleted
                | Self::PropertySunsetUnreadable
                | Self::PropertyReactivated
                | Self::PropertyBecameNotSensitive
                | Self::MeaningChanged
        )
    }
}
