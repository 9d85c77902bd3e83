//! Documents as trees: reading them, mending them with overlays, and bringing
//! every version of `OpenAPI` to one form.

mod checks;
mod composed;
mod containers;
mod events;
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
mod uri;

pub use grammar::{Holds, Kind, Verdict, children};
pub use node::{Node, Object, Origin, Value};
pub use normalise::normalise;
pub use overlay::{Change, Changes, Miss, Overlay};
pub use pointer::Pointer;
pub use pointers::pointers;
pub use read::read;
pub use source::{Place, Source, Sources};
