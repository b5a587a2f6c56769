// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

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
mod scalars;
mod schemas;

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
pub use scalars::{
    BoundKind, CatPetType, ChoicesEitherInteger, ChoicesEitherString, ChoicesMaybe,
    ChoicesNumbers, ChoicesOpenNumber, ChoicesOpenString, ChoicesWhole, DogPetType,
    FreeKind, OtherPetPetType, ReadChoicesFlagString, ReadChoicesLeast,
    ReadChoicesSizeNumber, ReadChoicesSizeString, ReadChoicesSizesItemNumber,
    ReadChoicesSizesItemString, ReadChoicesXSizeNumber, ReadChoicesXSizeString,
};
pub use schemas::SCHEMAS;
