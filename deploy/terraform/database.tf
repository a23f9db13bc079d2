data "google_compute_network" "this" {
  name = var.network
}

resource "google_compute_global_address" "services" {
  count         = var.create_private_services_access ? 1 : 0
  name          = "${var.name}-services"
  purpose       = "VPC_PEERING"
  address_type  = "INTERNAL"
  prefix_length = 20
  network       = data.google_compute_network.this.id
}

resource "google_service_networking_connection" "services" {
  count                   = var.create_private_services_access ? 1 : 0
  network                 = data.google_compute_network.this.id
  service                 = "servicenetworking.googleapis.com"
  reserved_peering_ranges = [google_compute_global_address.services[0].name]
  depends_on              = [google_project_service.needed]
}

resource "google_sql_database_instance" "this" {
  name                = var.name
  database_version    = "POSTGRES_17"
  deletion_protection = var.deletion_protection

  settings {
    tier                        = var.database_tier
    edition                     = "ENTERPRISE"
    availability_type           = var.database_high_availability ? "REGIONAL" : "ZONAL"
    disk_size                   = var.database_disk_gb
    disk_autoresize             = true
    deletion_protection_enabled = var.deletion_protection

    ip_configuration {
      ipv4_enabled    = false
      private_network = data.google_compute_network.this.id
      # Nothing passes unencrypted; DATABASE_URL verifies the server's certificate.
      ssl_mode = "ENCRYPTED_ONLY"
    }
    backup_configuration {
      enabled                        = true
      start_time                     = "03:30"
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = 7
      backup_retention_settings {
        retained_backups = var.backups_kept
      }
    }
    maintenance_window {
      day          = 7
      hour         = 4
      update_track = "stable"
    }
    insights_config {
      query_insights_enabled = true
    }
    database_flags {
      name  = "max_connections"
      value = tostring(var.database_max_connections)
    }
    # Slow statements are found in the log.
    database_flags {
      name  = "log_min_duration_statement"
      value = "5000"
    }
    # Tables with hours are partitioned: plans and detaching take many locks.
    database_flags {
      name  = "max_locks_per_transaction"
      value = "256"
    }
  }
  depends_on = [google_service_networking_connection.services]
}

resource "google_sql_database" "tidemark" {
  name     = "tidemark"
  instance = google_sql_database_instance.this.name
}

resource "random_password" "database" {
  length = 40
  # It becomes part of a URL.
  special = false
}

resource "google_sql_user" "tidemark" {
  name     = "tidemark"
  instance = google_sql_database_instance.this.name
  password = random_password.database.result
}
