//! The OPCO of a structure, by the surest source: SIRO, the imported table, the collective agreements.

use api::preuves::simulateurs::Profil;
use api::preuves::table_opco;
use domain::preuve::Service;
use serde_json::json;

use super::{Scene, constat, number, structures};
use crate::support::TestApp;

fn import(app: &TestApp, file: &str) -> Result<(i64, i64), String> {
    let (clock, mut conn) = (app.clock.clone(), app.connection());
    let imported = table_opco::import(&mut conn, &clock, file.as_bytes()).map_err(|error| error.to_string())?;
    Ok((imported.lines, imported.refused))
}

#[actix_web::test]
async fn eli_3_by_each_source() {
    let scene = Scene::new().await;
    let kinds = [Profil::Uniformation, Profil::AutreOpco, Profil::Partage, Profil::SansConvention];
    let sirets = kinds.map(|wanted| structures(wanted, 1).remove(0));
    let ids = scene.demandes(&sirets);
    assert_eq!(scene.settle().await, 4);
    let caller = scene.manager();
    let verdicts = async |place: usize| {
        let said = constat(&caller, &ids[place], "ELI-3").await;
        (said["verdict"].as_str().unwrap().to_owned(), said["preuve"]["valeur"].as_str().unwrap().to_owned())
    };
    let is = |verdict: &str, value: &str| (verdict.to_owned(), value.to_owned());
    assert_eq!(verdicts(0).await, is("a-verifier", "IDCC 1518"));
    assert_eq!(verdicts(1).await, is("a-verifier", "IDCC 1516"));
    assert_eq!(verdicts(2).await, is("a-verifier", "IDCC 1518, 1516"));
    assert_eq!(verdicts(3).await, is("a-verifier", &sirets[3]));
    let file = format!(
        "SIRET;OPCO\n{};UNIFORMATION\n{};AKTO\n{};AKTO\n{};AFDAS\n",
        sirets[0], sirets[1], sirets[2], sirets[2]
    );
    assert_eq!(import(&scene.app, &file), Ok((4, 0)));
    assert_eq!(scene.pass().await, 0, "nobody is asked");
    assert_eq!(verdicts(0).await, is("bloquant", "UNIFORMATION"));
    assert_eq!(verdicts(1).await, is("ok", "AKTO"));
    assert_eq!(verdicts(2).await, is("a-verifier", "AKTO\u{a0}; AFDAS"), "the table contradicts itself");
    let kept = format!("SELECT verdict AS v FROM demande WHERE id = '{}'", ids[0]);
    assert_eq!(scene.app.texts(&kept), ["bloquant"], "the verdicts of the table followed");
}

#[actix_web::test]
async fn eli_3_public_structures_are_not_asked_about_and_are_in_order() {
    let scene = Scene::with(&["entreprises", "siro"], "10000").await;
    let ids = scene.app.insert(vec![crate::support::line("01", 0, &scene.envelope)]);
    assert_eq!(scene.settle().await, 1);
    assert_eq!(scene.doubles.calls(Service::Siro), 0);
    let said = constat(&scene.manager(), &ids[0], "ELI-3").await;
    assert_eq!(said["verdict"], "ok");
    let proof =
        json!({ "source": "Annuaire des entreprises", "date": "2026-03-02", "valeur": "catégorie juridique 7210" });
    assert_eq!(said["preuve"], proof);
}

#[actix_web::test]
async fn a_table_is_replaced_whole_or_not_at_all() {
    let app = TestApp::new().await;
    let sirets = structures(Profil::AutreOpco, 25_001);
    let file: String = sirets.iter().map(|siret| format!("{siret},AKTO\n")).collect();
    assert_eq!(import(&app, &format!("\u{feff}siret,opco_nom\n{file}123,AKTO\n{},\n", sirets[0])), Ok((25_001, 2)));
    let rows = || number(&app, "SELECT count(*) AS n FROM opco_siret");
    assert_eq!(rows(), 25_001);
    for wrong in ["", "nom,prenom\na,b\n", "siret,opco\n123,AKTO\n", "PK\u{3}\u{4}"] {
        assert!(import(&app, wrong).unwrap_err().contains("SIRET-OPCO"), "{wrong}");
        assert_eq!(rows(), 25_001, "the former one stays: {wrong}");
    }
    app.clock.advance(chrono::Duration::days(1));
    assert_eq!(import(&app, &format!("opco,siret\nAFDAS,{}\n", sirets[3])), Ok((1, 0)));
    assert_eq!((rows(), app.rows("table_opco")), (1, 1), "the former one is gone");
    let siret = sirets[3].clone();
    let found = app.read(|conn| table_opco::of(conn, &[&siret]));
    assert_eq!(
        (found[&siret].opcos.as_slice(), found[&siret].date.as_str()),
        (&["AFDAS".to_owned()][..], "2026-03-03")
    );
    assert_eq!(app.texts("SELECT action AS v FROM journal WHERE action LIKE 'opco%'").len(), 2);
}
