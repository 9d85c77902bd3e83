//! Paths as they are shown, compared and written.

use std::path::{Component, Path, PathBuf};

/// Returns `path` without `.` and `..`.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

/// Returns `path` from the root of the file system.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).map_or_else(|_| path.to_owned(), |path| normal(&path))
}

/// Returns the path as a user would write it: from the working directory, if it is below.
pub(crate) fn shown(path: &Path) -> String {
    let absolute = absolute(path);
    let here = std::env::current_dir().unwrap_or_default();
    match absolute.strip_prefix(&here) {
        Ok(below) if below.as_os_str().is_empty() => ".".to_owned(),
        Ok(below) => below.display().to_string(),
        Err(_) => absolute.display().to_string(),
    }
}

/// Returns the path that leads from one folder to another, with `/` between its parts.
pub(crate) fn between(from: &Path, to: &Path) -> String {
    let (from, to) = (absolute(from), absolute(to));
    let path = pathdiff::diff_paths(&to, &from).unwrap_or(to);
    let path = with_slashes(&path);
    if path.is_empty() { ".".to_owned() } else { path }
}

/// Returns a path with `/` between its parts, whatever the system has.
pub(crate) fn with_slashes(path: &Path) -> String {
    let parts = path.components().map(|part| part.as_os_str().to_string_lossy());
    let path = parts.collect::<Vec<_>>().join("/");
    // The root is a part of its own.
    path.strip_prefix("//").map_or(path.clone(), |rest| format!("/{rest}"))
}

/// Returns the path of `file` from the nearest folder that holds both the file and `folder`.
///
/// It is the same wherever the project lies.
pub(crate) fn from_common_folder(file: &Path, folder: &Path) -> String {
    let (file, folder) = (absolute(file), absolute(folder));
    let common = folder.ancestors().find(|ancestor| file.starts_with(ancestor));
    let below = common.and_then(|common| file.strip_prefix(common).ok());
    with_slashes(below.unwrap_or(&file))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{between, from_common_folder};

    #[test]
    fn a_path_leads_from_one_folder_to_another() {
        for (from, to, expected) in [
            ("/a/clients/pets", "/a/clients/runtime", "../runtime"),
            ("/a/pets", "/a/pets/runtime", "runtime"),
            ("/a/b", "/a/b/../b/.", "."),
            ("/a", "/b/c", "../b/c"),
        ] {
            assert_eq!(between(Path::new(from), Path::new(to)), expected, "{from} {to}");
        }
    }

    #[test]
    fn an_origin_does_not_depend_on_where_the_project_lies() {
        for (file, folder, expected) in [
            ("/home/a/spec/pets.yaml", "/home/a/generated", "spec/pets.yaml"),
            ("/home/a/pets.yaml", "/home/a/clients/pets", "pets.yaml"),
            ("/home/a/pets/openapi.yaml", "/home/a/pets", "openapi.yaml"),
        ] {
            assert_eq!(from_common_folder(Path::new(file), Path::new(folder)), expected);
        }
    }
}
