// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod big;
mod bound;
mod cat;
mod choices;
mod choices_either;
mod choices_open;
mod dog;
mod free;
mod item_request;
mod named;
mod other;
mod other_pet;
mod pet;
mod read_choices_flag;
mod read_choices_size;
mod read_choices_sizes_item;
mod read_choices_x_size;
mod read_places_free;
mod read_places_rest;
mod read_places_then;
mod rules;
mod scalars;
mod schemas;
mod send_places_body;
mod sized_value;
mod small;

pub use big::Big;
pub use bound::Bound;
pub use cat::Cat;
pub use choices::Choices;
pub use choices_either::ChoicesEither;
pub use choices_open::ChoicesOpen;
pub use dog::Dog;
pub use free::Free;
pub use item_request::ItemRequest;
pub use named::Named;
pub use other::Other;
pub use other_pet::OtherPet;
pub use pet::Pet;
pub use read_choices_flag::ReadChoicesFlag;
pub use read_choices_size::ReadChoicesSize;
pub use read_choices_sizes_item::ReadChoicesSizesItem;
pub use read_choices_x_size::ReadChoicesXSize;
pub use read_places_free::ReadPlacesFree;
pub use read_places_rest::ReadPlacesRest;
pub use read_places_then::ReadPlacesThen;
pub use scalars::{
    BigKind, BoundKind, CatPetType, ChoicesEitherInteger, ChoicesEitherString,
    ChoicesMaybe, ChoicesNumbers, ChoicesOpenNumber, ChoicesOpenString, ChoicesWhole,
    DogPetType, FreeKind, OtherPetPetType, ReadChoicesFlagString, ReadChoicesLeast,
    ReadChoicesSizeNumber, ReadChoicesSizeString, ReadChoicesSizesItemNumber,
    ReadChoicesSizesItemString, ReadChoicesXSizeNumber, ReadChoicesXSizeString,
    ReadPlacesBbox, ReadPlacesBeside, ReadPlacesNamed, ReadPlacesOne, ReadPlacesOther,
    ReadPlacesPair, SendPlacesBodyP, SmallKind,
};
pub use schemas::SCHEMAS;
pub use send_places_body::SendPlacesBody;
pub use sized_value::SizedValue;
pub use small::Small;
