fn main() {
    let pet = pets::schemas::Pet::new("Rex");
    println!("{}", pets::runtime::to_string(&pet));
}
