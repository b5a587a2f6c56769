// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod cat;
mod dog;
mod rules;
mod scalars;
mod versions;
mod versions_v47;
mod versions_v48;
mod versions_v49;
mod versions_v50;
mod versions_v51;
mod versions_v52;
mod versions_v53;
mod versions_v54;
mod versions_v55;
mod versions_v56;
mod versions_v61;
mod versions_v62;
mod versions_v63;
mod versions_v64;
mod versions_v65;
mod versions_v66;
mod versions_v67;
mod versions_v68;
mod versions_v69;

pub use cat::Cat;
pub use dog::Dog;
pub use scalars::{
    Anything, CatKind, DogKind, VersionsV01, VersionsV02, VersionsV03, VersionsV04,
    VersionsV05, VersionsV06, VersionsV07, VersionsV08, VersionsV09, VersionsV10,
    VersionsV11, VersionsV16, VersionsV18, VersionsV21, VersionsV22, VersionsV23,
    VersionsV24, VersionsV25, VersionsV26, VersionsV27, VersionsV28, VersionsV29,
    VersionsV33, VersionsV34, VersionsV35, VersionsV36, VersionsV43Item,
    VersionsV64String, VersionsV64String2, VersionsV65String, VersionsV65String2,
    VersionsV73, VersionsV74, VersionsV76, VersionsV77,
};
pub use versions::Versions;
pub use versions_v47::VersionsV47;
pub use versions_v48::VersionsV48;
pub use versions_v49::VersionsV49;
pub use versions_v50::VersionsV50;
pub use versions_v51::VersionsV51;
pub use versions_v52::VersionsV52;
pub use versions_v53::VersionsV53;
pub use versions_v54::VersionsV54;
pub use versions_v55::VersionsV55;
pub use versions_v56::VersionsV56;
pub use versions_v61::VersionsV61;
pub use versions_v62::VersionsV62;
pub use versions_v63::VersionsV63;
pub use versions_v64::VersionsV64;
pub use versions_v65::VersionsV65;
pub use versions_v66::VersionsV66;
pub use versions_v67::VersionsV67;
pub use versions_v68::VersionsV68;
pub use versions_v69::VersionsV69;
