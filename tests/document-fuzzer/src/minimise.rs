//! Makes an input smaller for as long as it shows the same fault.

use std::time::{Duration, Instant};

use anyhow::Result;
use generator::unstable::{Node, Value};

use crate::corpus::parse;
use crate::input::{Input, JSON};
use crate::{print, tree};

/// For how long one input is made smaller.
const LONGEST: Duration = Duration::from_secs(60);

/// Returns a smaller input of which `fails` holds as well.
///
/// # Errors
///
/// When `fails` cannot tell.
pub fn minimise(input: &Input, fails: &mut dyn FnMut(&Input) -> Result<bool>) -> Result<Input> {
    let until = Instant::now() + LONGEST;
    let mut best = input.clone();
    let mut fails = |candidate: &Input| -> Result<bool> { Ok(Instant::now() < until && fails(candidate)?) };
    for index in (0..best.overlays.len()).rev() {
        let mut candidate = best.clone();
        candidate.overlays.remove(index);
        replace(&mut best, candidate, &mut fails)?;
    }
    for plain in [
        Input {
            only: Vec::new(),
            ..best.clone()
        },
        Input {
            has_runtime: false,
            ..best.clone()
        },
    ] {
        replace(&mut best, plain, &mut fails)?;
    }
    for index in 0..best.overlays.len() {
        let text = best.overlays[index].clone();
        let mut fails = |text: &str| {
            let mut candidate = best.clone();
            text.clone_into(&mut candidate.overlays[index]);
            fails(&candidate)
        };
        let text = smaller(&text, false, until, &mut fails)?;
        best.overlays[index] = text;
    }
    let is_json = best.name == JSON;
    let document = smaller(&best.document, is_json, until, &mut |text: &str| {
        let document = text.to_owned();
        fails(&Input {
            document,
            ..best.clone()
        })
    })?;
    best.document = document;
    Ok(best)
}

fn replace(best: &mut Input, candidate: Input, fails: &mut dyn FnMut(&Input) -> Result<bool>) -> Result<()> {
    if candidate != *best && fails(&candidate)? {
        *best = candidate;
    }
    Ok(())
}

/// Returns a smaller text: by its tree where it has one and that is what fails, else by its lines and characters.
fn smaller(text: &str, is_json: bool, until: Instant, fails: &mut dyn FnMut(&str) -> Result<bool>) -> Result<String> {
    let print = if is_json { print::json } else { print::yaml };
    if let Some(tree) = parse(text)
        && fails(&print(&tree))?
    {
        let tree = smaller_tree(tree, until, &mut |tree| fails(&print(tree)))?;
        return Ok(print(&tree));
    }
    let lines = text.split_inclusive('\n').map(str::to_owned).collect();
    let text = fewer(lines, until, fails)?.concat();
    let letters = text.chars().map(String::from).collect();
    Ok(fewer(letters, until, fails)?.concat())
}

/// Removes runs of parts, of half of all parts first, then of shorter ones.
fn fewer(mut parts: Vec<String>, until: Instant, fails: &mut dyn FnMut(&str) -> Result<bool>) -> Result<Vec<String>> {
    let mut length = parts.len() / 2;
    while length > 0 {
        let mut start = 0;
        while start < parts.len() && Instant::now() < until {
            let end = (start + length).min(parts.len());
            let candidate: Vec<String> = parts[..start].iter().chain(&parts[end..]).cloned().collect();
            if fails(&candidate.concat())? {
                parts = candidate;
            } else {
                start = end;
            }
        }
        length /= 2;
    }
    Ok(parts)
}

/// Removes nodes, puts nodes in the place of those that hold them, and shortens strings.
fn smaller_tree(mut best: Node, until: Instant, fails: &mut dyn FnMut(&Node) -> Result<bool>) -> Result<Node> {
    loop {
        let before = weight(&best);
        // Later nodes first, so that the paths that are left stay valid; those of few levels first, as they are large.
        let mut paths = tree::paths(&best);
        paths.sort_by_key(|path| (path.len(), std::cmp::Reverse(path.clone())));
        for path in paths {
            if Instant::now() > until {
                return Ok(best);
            }
            if tree::get(&best, &path).is_none() {
                continue;
            }
            for candidate in candidates(&best, &path) {
                if fails(&candidate)? {
                    best = candidate;
                    break;
                }
            }
        }
        if weight(&best) >= before {
            return Ok(best);
        }
    }
}

/// Returns how large a tree is, in nodes and in characters.
fn weight(root: &Node) -> (usize, usize) {
    (tree::size(root), root.to_string().len())
}

/// Returns smaller trees that differ at one path, the smallest first.
fn candidates(root: &Node, path: &[usize]) -> Vec<Node> {
    let mut removed = root.clone();
    tree::remove(&mut removed, path);
    let mut made = vec![removed];
    let replaced = |value: Value| {
        let mut copy = root.clone();
        if let Some(node) = tree::get_mut(&mut copy, path) {
            node.value = value;
        }
        copy
    };
    match tree::get(root, path).map(|node| &node.value) {
        Some(Value::String(text)) if text.chars().count() > 1 => {
            let half = text.chars().count() / 2;
            made.push(replaced(Value::String(text.chars().take(half).collect())));
            made.push(replaced(Value::String(text.chars().skip(half).collect())));
        }
        Some(Value::Object(_) | Value::Array(_)) => {
            let inner = tree::get(root, path).into_iter().flat_map(tree::children);
            made.extend(inner.take(3).map(|child| replaced(child.value.clone())));
        }
        _ => {}
    }
    made
}
