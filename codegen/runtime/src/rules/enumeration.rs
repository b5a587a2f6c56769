//! The macros that make generated enumerations complete.
//!
//! The generated code holds what differs, the variants and their texts; what is alike for all stands here once.

/// Gives an enum whose variants are texts its conversions, and both directions of every wire form.
///
/// ```
/// /// How the customer pays.
/// #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// pub enum PaymentMethod {
///     /// `card`
///     Card,
///     /// `cash`
///     Cash,
/// }
///
/// runtime::enum_type!(PaymentMethod { Card = "card", Cash = "cash" });
///
/// assert_eq!(PaymentMethod::try_from("cash").unwrap(), PaymentMethod::Cash);
/// assert_eq!(PaymentMethod::Card.as_str(), "card");
/// ```
///
/// `sensitive` before the name makes a type whose text is only given out by `expose`: it is not displayed, and
/// `Debug`, which must not be derived, does not show it.
#[macro_export]
macro_rules! enum_type {
    (sensitive $name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $crate::enum_type!(@shared $name, true, expose, $($variant = $text),*);
        $crate::redacted_type!($name);
    };
    (@shared $name:ident, $secret:literal, $as_str:ident, $($variant:ident = $text:literal),*) => {
        impl $name {
            /// Every value with its text, in the order of the contract.
            pub const ALL: &'static [(&'static str, Self)] = &[$(($text, Self::$variant)),*];

            /// The value as the contract writes it.
            #[must_use]
            pub const fn $as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }

        impl ::std::convert::TryFrom<&str> for $name {
            type Error = $crate::Invalid;

            fn try_from(text: &str) -> ::std::result::Result<Self, $crate::Invalid> {
                $crate::rules::decode_value(stringify!($name), text)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::Invalid;

            fn from_str(text: &str) -> ::std::result::Result<Self, $crate::Invalid> {
                Self::try_from(text)
            }
        }

        impl $crate::Decode for $name {
            fn decode(
                at: &$crate::At<'_>,
                out: &mut $crate::Violations,
            ) -> ::std::option::Option<Self> {
                let at = if $secret { at.secret() } else { *at };
                $crate::decode_enum(&at, Self::ALL, out)
            }
        }

        impl $crate::Encode for $name {
            fn encode(&self, out: &mut dyn $crate::Sink) {
                out.text(self.$as_str());
            }
        }
    };
    ($name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $crate::enum_type!(@shared $name, false, as_str, $($variant = $text),*);

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

/// Gives a type a `Debug` that keeps its value to itself.
#[macro_export]
macro_rules! redacted_type {
    ($name:ident) => {
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(<redacted>)"))
            }
        }
    };
}
