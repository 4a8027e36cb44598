DROP TABLE opco_siret;
DROP TABLE table_opco;
DROP TABLE service_externe;
DROP TABLE preuve;
