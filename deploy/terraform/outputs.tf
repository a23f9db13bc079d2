output "cluster" {
  description = "The cluster that was created; null with one of yours."
  value       = one(google_container_cluster.this[*].name)
}

output "topic" {
  description = "Where reporters publish."
  value       = google_pubsub_topic.events.id
}

output "database_ca" {
  description = "The authority that signed the database's certificate, for the ConfigMap tidemark-database-ca."
  value       = join("\n", google_sql_database_instance.this.server_ca_cert[*].cert)
}

output "secret_ids" {
  description = "The secrets in Secret Manager, by the setting that each is."
  value       = { for name, secret in google_secret_manager_secret.setting : name => secret.secret_id }
}

output "helm_values" {
  description = "Values for the chart: terraform output -raw helm_values > values.yaml"
  value = yamlencode({
    existingSecret = "tidemark"
    databaseCa     = { configMap = "tidemark-database-ca" }
    settings = {
      PUBSUB_PROJECT_ID                  = var.project
      PUBSUB_SUBSCRIPTION                = google_pubsub_subscription.ingest.name
      TIDEMARK_MONITORING_EXPORT_PROJECT = var.project
    }
    processes = { for process, account in google_service_account.process : process => { googleServiceAccount = account.email } }
  })
}
