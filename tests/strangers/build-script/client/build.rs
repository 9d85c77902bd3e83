//! Brings the crate up to date when `openapi.yaml` has changed, before cargo compiles it.

fn main() -> Result<(), apicrate::Error> {
    apicrate::build_script("../apicrate.toml")
}
