// The storage account: the app's package, the host's leases, orchestrations (unless the scheduler has them), reservations.
import { Tags } from 'types.bicep'

@minLength(3)
@maxLength(24)
@description('The account\'s name.')
param name string

@description('The region.')
param location string

@description('The tags.')
param tags Tags

@description('The identity that the app has.')
param principalId string

@description('The identity\'s name. Role assignments are named after it: what-if can\'t know the principal before it exists.')
param identityName string

@description('Whether the account is reached only through private endpoints.')
param isPrivate bool

@description('The subnet for private endpoints; empty for none.')
param privateEndpointSubnetId string

@description('The network that resolves the private names; empty for none.')
param virtualNetworkId string

var containerName = 'app-package'

// The roles that the Functions host and Durable Functions ask for.
var roles = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
]

resource account 'Microsoft.Storage/storageAccounts@2026-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    supportsHttpsTrafficOnly: true
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2026-04-01' = {
  parent: account
  name: 'default'
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-04-01' = {
  parent: blobs
  name: containerName
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roles: {
    name: guid(account.id, identityName, role)
    scope: account
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

module privateAccess 'private-endpoint.bicep' = [
  for service in ['blob', 'queue', 'table']: if (isPrivate) {
    name: 'private-${service}'
    params: {
      service: service
      accountId: account.id
      accountName: account.name
      location: location
      tags: tags
      subnetId: privateEndpointSubnetId
      virtualNetworkId: virtualNetworkId
    }
  }
]

@description('The account\'s name.')
output name string = account.name

@description('Where the app\'s package is put.')
output deploymentContainerUrl string = '${account.properties.primaryEndpoints.blob}${container.name}'
