"""A script written for Grist, with a client library made for Grist, against this service: only its base address differs. What
it asserts is what such a script relies on."""

import os

from pygrister.api import GristApi
from requests import HTTPError

grist = GristApi(
    {
        "GRIST_SELF_MANAGED": "Y",
        "GRIST_SELF_MANAGED_HOME": f"{os.environ['PARCOURS_URL']}/api/v1/compat/grist",
        "GRIST_DOC_ID": "parcours",
        "GRIST_API_KEY": os.environ["PARCOURS_JETON"],
    }
)
TABLE = "Demandes"
EMAIL = "ines.moreau@mairie.example"
ROW = {
    "Nom_de_la_structure": "Mairie de Bourg-en-Bresse",
    "Numero_Siret": "21010053300012",
    "Code_postal": "01000",
    "Nom_du_professionnel": "Moreau",
    "Prenom_du_professionnel": "Inès",
    "Adresse_e_mail": EMAIL,
    "Choix_de_la_formation": "Aidants Connect",
    "Date_de_la_demande": 1772409600,
}


def mine():
    """The rows of this script."""
    return grist.list_records(TABLE, filter={"Adresse_e_mail": [EMAIL]})[1]


_, tables = grist.list_tables()
assert [table["id"] for table in tables] == [TABLE], tables
_, columns = grist.list_cols(TABLE)
types = {column["id"]: column["fields"]["type"] for column in columns}
assert types["Validation_du_financement"] == "Bool" and types["Date_de_la_demande"] == "Date", types

_, everything = grist.list_records(TABLE)
_, few = grist.list_records(TABLE, sort="-Date_de_la_demande", limit=3)
assert len(everything) > 100 and len(few) == 3, (len(everything), len(few))
newest = max(row["Date_de_la_demande"] for row in everything)
assert few[0]["Date_de_la_demande"] == newest, few

_, (row,) = grist.add_records(TABLE, [dict(ROW)])
(read,) = mine()
assert read["id"] == row and all(read[name] == value for name, value in ROW.items()), read

# Read, change one cell, write the whole row back.
grist.update_records(TABLE, [read | {"Commentaire": "Relu par un script", "Validation_du_financement": True}])
(read,) = mine()
assert read["Commentaire"] == "Relu par un script" and read["Validation_du_financement"] is True, read

key = {"Adresse_e_mail": EMAIL, "Choix_de_la_formation": "Aidants Connect"}
grist.add_update_records(TABLE, [{"require": key, "fields": {"Commentaire": "Par sa clé"}}])
other = key | {"Choix_de_la_formation": "Aidants Numériques"}
shared = {name: value for name, value in ROW.items() if name not in other}
grist.add_update_records(TABLE, [{"require": other, "fields": shared}])
assert [row["Commentaire"] for row in mine()] == ["Par sa clé", ""], mine()

try:
    grist.add_records(TABLE, [ROW | {"Numero_Siret": "21010053300013"}])
    raise AssertionError("a wrong SIRET was taken")
except HTTPError as error:
    assert error.response.status_code == 422 and "Numero_Siret" in error.response.text, error.response.text

grist.delete_rows(TABLE, [row["id"] for row in mine()])
assert mine() == [], mine()
print(f"Client de Grist : {grist.apicaller.apicalls} appels, {len(everything)} lignes lues.")
