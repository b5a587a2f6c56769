//! Atomic changes of a schema, and what each does to the set of values that the schema allows.
//!
//! Owns the vocabulary between the walker, which finds changes without knowing who sends and who reads, and the
//! catalogue, which knows what a change means at a place. Judges nothing.

use crate::model::Deprecation;
use crate::source::Span;

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
    /// For a property that is gone: what the old contract said of its end.
    pub deprecated: Option<Deprecation>,
}

/// The kinds of change. What each means stands in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the catalogue says of each what it means and whom it affects")]
pub enum Kind {
    TypeChanged,
    TypeGeneralized,
    TypeSpecialized,
    FormatAdded,
    FormatRemoved,
    FormatChanged,
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
    RequiredPropertyRefused,
    OptionalPropertyRefused,
    PropertyRemovedWithDeprecation,
    PropertyRemovedBeforeSunset,
    PropertyBecameRequired,
    PropertyBecameOptional,
    PropertyBecameReadOnly,
    PropertyBecameNotReadOnly,
    PropertyDeprecated,
    PropertyReactivated,
    PropertyBecameNotSensitive,
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
    DiscriminatorAdded,
    DiscriminatorRemoved,
    DiscriminatorPropertyChanged,
}

impl Kind {
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

    /// Whether exactly the same values fit as before.
    #[must_use]
    pub(super) fn keeps_values(self) -> bool {
        matches!(
            self,
            Self::DefaultAdded
                | Self::DefaultChanged
                | Self::DefaultRemoved
                | Self::PropertyDeprecated
                | Self::PropertyReactivated
                | Self::PropertyBecameNotSensitive
        )
    }
}
