# What the Kubernetes Secret is made from (README.md). Terraform's state holds these too: keep it in an encrypted, private bucket.
resource "random_password" "admin_token" {
  length  = 48
  special = false
}

resource "random_bytes" "encryption_key" {
  length = 32
}

locals {
  database_url = format(
    "postgres://%s:%s@%s:5432/%s?sslmode=verify-ca&sslrootcert=/etc/tidemark/database/ca.pem",
    google_sql_user.tidemark.name,
    random_password.database.result,
    google_sql_database_instance.this.private_ip_address,
    google_sql_database.tidemark.name,
  )
  secrets = {
    DATABASE_URL            = local.database_url
    TIDEMARK_ADMIN_TOKEN    = random_password.admin_token.result
    TIDEMARK_ENCRYPTION_KEY = random_bytes.encryption_key.base64
  }
}

resource "google_secret_manager_secret" "setting" {
  for_each  = toset(["DATABASE_URL", "TIDEMARK_ADMIN_TOKEN", "TIDEMARK_ENCRYPTION_KEY"])
  secret_id = "${var.name}-${each.value}"
  replication {
    auto {}
  }
  depends_on = [google_project_service.needed]
}

resource "google_secret_manager_secret_version" "setting" {
  for_each    = google_secret_manager_secret.setting
  secret      = each.value.id
  secret_data = local.secrets[each.key]
}
