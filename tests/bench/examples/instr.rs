//! x
use bench::{contenders, documents};
fn main() {
    let mut a = std::env::args().skip(1);
    let (doc, who, dir, n) = (a.next().unwrap(), a.next().unwrap(), a.next().unwrap(), a.next().unwrap().parse::<u32>().unwrap());
    for (name, text) in documents::all() {
        if name != doc { continue; }
        for c in contenders::of(name, &text) {
            if c.name != who { continue; }
            for _ in 0..n { if dir == "decode" { (c.decode)() } else { (c.encode)() } }
        }
    }
}
