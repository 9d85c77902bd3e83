//! Documents as trees: reading them, mending them with overlays, and bringing
//! every version of `OpenAPI` to one form.

mod account;
mod bundle;
#[cfg(test)]
mod bundle_tests;
mod checks;
#[cfg(test)]
mod diagnostic_tests;
mod field;
mod grammar;
pub(crate) mod keywords;
pub(crate) mod media_type;
mod node;
mod normalise;
mod overlay;
mod pointers;
mod read;
mod reference;
mod typos;
mod version;
mod versions;

pub(crate) use account::{Fate, Key, KeyUsage};
pub(crate) use bundle::{Bundle, bundle};
pub use bundle::{DocumentReader, DocumentText, Unread, UnreadCause};
pub use field::{FieldContent, FieldUse, Kind};
pub(crate) use grammar::children;
pub use node::{Node, Object, Value};
pub(crate) use normalise::{Normalised, normalise};
pub use overlay::{Changes, Miss, Overlay};
pub(crate) use pointers::{node_locations, pointers};
pub use read::read;
pub(crate) use reference::{Reference, Resolver};
pub use typos::nearest;
pub(crate) use versions::Note;
