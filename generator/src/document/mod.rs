//! Documents as trees: reading them, mending them with overlays, and bringing
//! every version of `OpenAPI` to one form.

mod account;
mod checks;
mod composed;
mod containers;
mod events;
mod formats;
mod grammar;
mod keywords;
mod marks;
mod node;
mod normalise;
mod overlay;
mod pointer;
mod pointers;
mod read;
mod source;
mod standing;
mod typos;
mod unknown;
mod uri;
mod walk;

pub(crate) use account::{Account, Fate};
#[cfg(test)]
pub(crate) use formats::ASSERTED as ASSERTED_FORMATS;
pub use grammar::{Holds, Kind, Verdict, children};
pub use node::{Node, Object, Origin, Value};
pub use normalise::normalise;
pub use overlay::{Change, Changes, Miss, Overlay};
pub use pointer::Pointer;
pub use pointers::{Spot, pointers, spots};
pub use read::read;
pub use source::{Place, Source, Sources};
