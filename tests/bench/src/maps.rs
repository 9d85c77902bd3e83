//! Maps of several sizes: the runtime's, one that is searched from end to end, and that of the crate `indexmap`.

use std::hint::black_box;

use indexmap::IndexMap;
use losant_data::runtime::codegen::{Fault, Reader};
use losant_data::runtime::{Decode, Map, from_str, kind};

use crate::linear::LinearMap;

/// Who does a task.
pub struct Contender {
    /// A word for them.
    pub name: &'static str,
    /// The work.
    pub run: Box<dyn FnMut()>,
}

/// The sizes that are measured.
const SIZES: [usize; 7] = [4, 16, 24, 40, 64, 1000, 100_000];
/// From this size on nothing is built by a map that is searched from end to end: it takes seconds.
const LARGE: usize = 10_000;
/// How many properties a run looks up or replaces, whatever the size of the map.
const SOME: usize = 16;

/// A map from names to numbers.
trait Names: Sized + 'static {
    const WORD: &'static str;

    fn empty() -> Self;
    fn find(&self, name: &str) -> Option<u64>;
    fn set(&mut self, name: &str, value: u64);
    fn take(&mut self, name: &str) -> Option<u64>;
    fn read(text: &str) -> Self;
}

macro_rules! names {
    ($map:ty, $word:literal, $remove:ident, $read:expr) => {
        impl Names for $map {
            const WORD: &'static str = $word;

            fn empty() -> Self {
                Self::default()
            }

            fn find(&self, name: &str) -> Option<u64> {
                self.get(name).copied()
            }

            fn set(&mut self, name: &str, value: u64) {
                self.insert(name.to_owned(), value);
            }

            fn take(&mut self, name: &str) -> Option<u64> {
                self.$remove(name)
            }

            fn read(text: &str) -> Self {
                $read(text)
            }
        }
    };
}

names!(Map<u64>, "ours", remove, read);
names!(LinearMap<u64>, "linear", remove, read);
names!(IndexMap<String, u64>, "indexmap", shift_remove, |text| read::<Indexed>(text).0);

/// A map of the crate `indexmap`, as it is read.
struct Indexed(IndexMap<String, u64>);

impl Decode for Indexed {
    type Kinds = kind::Object;

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let mut properties = IndexMap::new();
        let mut key = reader.begin_object()?;
        while let Some(name) = key {
            properties.insert(name.into_owned(), u64::decode(reader)?);
            key = reader.next_key()?;
        }
        Ok(Self(properties))
    }
}

fn read<T: Decode>(text: &str) -> T {
    from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Everybody for each task, under its name.
#[must_use]
pub fn all() -> Vec<(String, Vec<Contender>)> {
    let mut groups = Vec::new();
    for size in SIZES {
        for work in ["get", "replace", "build", "decode"] {
            let mut everybody = vec![contender::<Map<u64>>(work, size)];
            if work != "build" || size < LARGE {
                everybody.push(contender::<LinearMap<u64>>(work, size));
            }
            everybody.push(contender::<IndexMap<String, u64>>(work, size));
            groups.push((format!("map-{work}-{size}"), everybody));
        }
    }
    groups
}

fn contender<M: Names>(work: &str, size: usize) -> Contender {
    let names: Vec<String> = (0..size).map(|number| format!("temperature-{number}")).collect();
    let text: Vec<String> = names.iter().map(|name| format!("\"{name}\":1")).collect();
    let text = format!("{{{}}}", text.join(","));
    let mut map = M::read(&text);
    let some: Vec<String> = (0..SOME).map(|index| names[index * size / SOME].clone()).collect();
    let run: Box<dyn FnMut()> = match work {
        "get" => Box::new(move || {
            for name in &some {
                black_box(map.find(black_box(name)));
            }
        }),
        "replace" => {
            // Here and there, and each name as often as the others.
            let mut index = 0;
            Box::new(move || {
                for _ in 0..SOME {
                    index = (index + 7919) % size;
                    black_box(map.take(&names[index]));
                    map.set(&names[index], 1);
                }
            })
        }
        "build" => Box::new(move || {
            let mut map = M::empty();
            for name in &names {
                map.set(name, 1);
            }
            drop(black_box(map));
        }),
        _ => Box::new(move || drop(black_box(M::read(&text)))),
    };
    Contender { name: M::WORD, run }
}
