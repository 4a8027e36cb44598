DROP TABLE envoi_messages;
