// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod customer;
mod doc;
mod doc_place;
mod doc_place_request;
mod doc_request;
mod order;
mod orders_body;
mod patch_customer_body;
mod patch_doc_body;
mod rules;
mod scalars;
mod set_status_body;

pub use customer::Customer;
pub use doc::Doc;
pub use doc_place::DocPlace;
pub use doc_place_request::DocPlaceRequest;
pub use doc_request::DocRequest;
pub use order::Order;
pub use orders_body::OrdersBody;
pub use patch_customer_body::PatchCustomerBody;
pub use patch_doc_body::PatchDocBody;
pub use scalars::{
    AddCopiesId, AddRatingId, AddShelfId, AddVisitsId, CountOrdersCustomerId,
    CountOrdersOfTotalCustomerId, CountOrdersOfTotalNumber, CountOrdersOfTotalOkBody,
    CountOrdersOkBody, CustomerFullName, CustomerId, DocCopies, DocId, DocNick,
    DocOwnerId, DocRating, DocShelf, GetCustomerId, GetDocId, GetOrderCustomerId,
    GetOrderNumber, ListOrdersByStatusCustomerId, ListOrdersByStatusLimit,
    ListOrdersByTotalCustomerId, ListOrdersCustomerId, ListOrdersLimit, OrderCustomerId,
    OrderNumber, PatchCustomerBodyFullName, PatchCustomerBodySizes, ReplaceDocId,
    SetStatusCustomerId, SetStatusNumber, Status, Tags, TagsItem,
};
pub use set_status_body::SetStatusBody;
