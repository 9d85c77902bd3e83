use pets::runtime::{DecodeError, from_str};
use pets::schemas::Pet;

fn main() -> Result<(), DecodeError> {
    let pet: Pet = from_str(r#"{"name": "Rex", "chip": 7}"#)?;
    println!("{}", pet.name);
    Ok(())
}
