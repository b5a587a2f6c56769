// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod booking;
mod booking_request;
mod check;
mod check_request;
mod count_shows_ok_body;
mod list_parcels_ok_body;
mod list_venues_ok_body;
mod open_show_body;
mod parcel;
mod parcel_check;
mod parcel_check_request;
mod parcel_request;
mod patch_parcel_body;
mod pay_parcel_body;
mod payment;
mod price;
mod receipt;
mod row;
mod rules;
mod scalars;
mod sell_seats_body;
mod setup;
mod setup_patch;
mod show;
mod show_page;
mod show_patch;
mod show_patch_price;
mod show_request;
mod venue;
mod venue_request;

pub use booking::Booking;
pub use booking_request::BookingRequest;
pub use check::Check;
pub use check_request::CheckRequest;
pub use count_shows_ok_body::CountShowsOkBody;
pub use list_parcels_ok_body::ListParcelsOkBody;
pub use list_venues_ok_body::ListVenuesOkBody;
pub use open_show_body::OpenShowBody;
pub use parcel::Parcel;
pub use parcel_check::ParcelCheck;
pub use parcel_check_request::ParcelCheckRequest;
pub use parcel_request::ParcelRequest;
pub use patch_parcel_body::PatchParcelBody;
pub use pay_parcel_body::PayParcelBody;
pub use payment::Payment;
pub use price::Price;
pub use receipt::Receipt;
pub use row::Row;
pub use scalars::{
    BookingSeats, CountShowsCity, CountShowsOkBodyCount, FindVenuesCity,
    FindVenuesPrefix, FirstParcelsLimit, ListParcelsLimit, ListShowsCity, ListShowsLimit,
    ListShowsOfCitiesCitiesItem, ListShowsOfCitiesLimit, ListVenuesCity, ListVenuesFrom,
    ListVenuesLeast, ListVenuesLimit, ListVenuesMost, ListVenuesTo, Mood, ParcelId,
    ParcelLast, PayParcelId, PaymentAmount, PriceAmount, PriceCurrency, PutVenueCity,
    PutVenueName, ReceiptId, ReplaceParcelId, SellSeatsBodySeats, ShowCity, ShowSold,
    ShowVersion, Stage, Status, Title, UpsertParcelId, VenueCity, VenueName, VenueSeats,
    VenueSlug,
};
pub use sell_seats_body::SellSeatsBody;
pub use setup::Setup;
pub use setup_patch::SetupPatch;
pub use show::Show;
pub use show_page::ShowPage;
pub use show_patch::ShowPatch;
pub use show_patch_price::ShowPatchPrice;
pub use show_request::ShowRequest;
pub use venue::Venue;
pub use venue_request::VenueRequest;
